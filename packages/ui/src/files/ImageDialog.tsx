/** Owns looking at one image at its full size. */
import type { Attachment } from '@natter/protocol';
import { Dialog } from '../dialogs/Dialog.tsx';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { DownloadButton } from './DownloadButton.tsx';
import { useFileUrl } from './useFileUrl.ts';

export function ImageDialog({
  attachment,
  onClose,
}: {
  attachment: Attachment;
  onClose: () => void;
}) {
  const { texts } = useUi();
  const file = useFileUrl(attachment.fileId, 'original');
  return (
    <Dialog title={attachment.name} onClose={onClose} wide>
      <div className="natter-image-dialog">
        {file.state === 'loading' && <Spinner label={texts.common.loading} />}
        {file.state === 'ready' && (
          <img
            className="natter-image-whole"
            src={file.url}
            alt={texts.files.image(attachment.name)}
          />
        )}
        {file.state === 'failed' && (
          <Notice icon="alert" title={texts.files.imageFailed} failure>
            <button type="button" className="natter-button" onClick={file.retry}>
              {texts.common.retry}
            </button>
          </Notice>
        )}
      </div>
      <footer className="natter-dialog-footer">
        <DownloadButton attachment={attachment} />
      </footer>
    </Dialog>
  );
}
