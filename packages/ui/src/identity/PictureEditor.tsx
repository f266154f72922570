/**
 * Owns the picture of a person or a group, and changing it: what was chosen is looked at before it is saved, the upload
 * shows how far it has got, and what failed says why and can be tried again.
 */
import type { FileId } from '@natter/protocol';
import { type ChangeEvent, useEffect, useRef } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { formatPercent } from '../formatting/size.ts';
import { IconButton } from '../icons/IconButton.tsx';
import { MenuButton } from '../menus/MenuButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { pictureTrouble } from './pictureTrouble.ts';
import { type SavePicture, usePictureChange } from './usePictureChange.ts';

export interface PictureEditorProps {
  /** Whose it is: decides the colour behind the initials. */
  id: string;
  name: string;
  picture: FileId | null;
  group?: boolean;
  online?: boolean;
  /** Uploads and saves it; null takes it away. Left out where it cannot be changed. */
  onSave?: SavePicture | undefined;
}

/** What a browser offers in its file chooser; the server looks into the file. */
const accepted = 'image/png,image/jpeg,image/gif,image/webp';

export function PictureEditor({ onSave, ...who }: PictureEditorProps) {
  return onSave === undefined ? (
    <Avatar {...who} size="huge" silent />
  ) : (
    <EditablePicture {...who} onSave={onSave} />
  );
}

function EditablePicture(props: PictureEditorProps & { onSave: SavePicture }) {
  const { onSave, ...who } = props;
  const ui = useUi();
  const say = ui.texts.identity;
  const file = useRef<HTMLInputElement>(null);
  const { state, choose, remove, save, cancel } = usePictureChange(onSave);
  const place = useFocusThatStays(state.status);
  const open = () => file.current?.click();

  function take({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const [chosen] = currentTarget.files ?? [];
    // The same file again is a choice again.
    currentTarget.value = '';
    if (chosen !== undefined) choose(chosen);
  }

  return (
    <div ref={place} className="natter-picture" aria-busy={state.status === 'saving'}>
      <input
        ref={file}
        type="file"
        accept={accepted}
        aria-label={say.choosePicture}
        tabIndex={-1}
        hidden
        onChange={take}
      />
      <span className="natter-picture-face">
        {state.status === 'same' || state.url === null ? (
          <Avatar {...who} picture={isGoing(state) ? null : who.picture} size="huge" silent />
        ) : (
          <img className="natter-picture-preview" src={state.url} alt={say.preview} />
        )}
        {state.status === 'same' &&
          (who.picture === null ? (
            <IconButton
              icon="camera"
              className="natter-picture-button"
              label={say.choosePicture}
              onClick={open}
            />
          ) : (
            <MenuButton
              icon="camera"
              className="natter-picture-button"
              label={say.changePicture}
              items={[
                { label: say.chooseOther, icon: 'image', onSelect: open },
                { label: say.removePicture, icon: 'trash', danger: true, onSelect: remove },
              ]}
            />
          ))}
      </span>
      {state.status === 'saving' && (
        <p className="natter-picture-progress">
          <progress
            className="natter-upload-bar"
            max={1}
            {...(state.url === null ? {} : { value: state.progress })}
            aria-label={state.url === null ? say.removing : say.uploading}
          />
          <span>
            {state.url === null ? say.removing : formatPercent(state.progress, ui.locale)}
          </span>
        </p>
      )}
      {state.status === 'failed' && (
        <p className="natter-form-error" role="alert">
          {pictureTrouble(state, ui)}
        </p>
      )}
      {(state.status === 'chosen' || state.status === 'failed') && (
        <div className="natter-picture-choice">
          <button type="button" className="natter-button natter-button-small" onClick={cancel}>
            {ui.texts.common.cancel}
          </button>
          <button
            type="button"
            className="natter-button natter-button-small natter-button-primary"
            data-primary
            onClick={state.status === 'failed' && !state.again ? open : save}
          >
            {state.status === 'chosen'
              ? say.usePicture
              : state.again
                ? ui.texts.common.retry
                : say.chooseOther}
          </button>
        </div>
      )}
    </div>
  );
}

/** The button that was pressed makes room for others: the focus goes to what can be done next. */
function useFocusThatStays(status: string) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef(status);
  useEffect(() => {
    if (before.current === status) return;
    before.current = status;
    const next = '[data-primary], .natter-picture-button';
    place.current?.querySelector<HTMLElement>(next)?.focus();
  }, [status]);
  return place;
}

/** It is being taken away: nobody is shown it any more. */
function isGoing(state: { status: string; url?: string | null }): boolean {
  return state.status === 'saving' && state.url === null;
}
