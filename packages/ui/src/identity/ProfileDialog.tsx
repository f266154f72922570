/** Owns how I appear to others, and changing it: my picture, and my name where it is mine to change. */
import { useChatClient, useMe } from '@natter/react';
import { Dialog } from '../dialogs/Dialog.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { NameEditor } from './NameEditor.tsx';
import { PictureEditor } from './PictureEditor.tsx';
import { Saved, useSaved } from './Saved.tsx';

export interface ProfileDialogProps {
  onClose: () => void;
}

export function ProfileDialog({ onClose }: ProfileDialogProps) {
  const { texts } = useUi();
  const client = useChatClient();
  const me = useMe();
  const saved = useSaved();
  const say = texts.profile;
  return (
    <Dialog title={say.title} onClose={onClose}>
      {me === null ? (
        <div className="natter-dialog-waiting">
          <Spinner label={texts.common.loading} />
        </div>
      ) : (
        <div className="natter-identity">
          <PictureEditor
            id={me.userId}
            name={me.name}
            picture={me.picture}
            onSave={async (picture, onProgress) => {
              await client.updateProfile({ picture }, onProgress);
              saved.onSaved();
            }}
          />
          <NameEditor
            name={me.name}
            label={say.name}
            onSave={me.nameEditable ? (name) => client.updateProfile({ name }) : undefined}
            onSaved={saved.onSaved}
          />
          <p className="natter-form-hint">
            {me.nameEditable ? say.hint : `${say.hint} ${say.nameElsewhere}`}
          </p>
          <Saved count={saved.count} />
        </div>
      )}
    </Dialog>
  );
}
