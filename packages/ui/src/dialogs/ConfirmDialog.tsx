/** Owns the question before something that cannot be undone. The harmless answer has the focus. */
import { useUi } from '../runtime/UiProvider.tsx';
import { Dialog } from './Dialog.tsx';

export interface ConfirmDialogProps {
  title: string;
  body: string;
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog({ title, body, confirm, onConfirm, onClose }: ConfirmDialogProps) {
  const { texts } = useUi();
  return (
    <Dialog title={title} onClose={onClose} alert>
      <p className="natter-dialog-text">{body}</p>
      <footer className="natter-dialog-footer">
        <button type="button" className="natter-button" onClick={onClose}>
          {texts.common.cancel}
        </button>
        <button
          type="button"
          className="natter-button natter-button-danger"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {confirm}
        </button>
      </footer>
    </Dialog>
  );
}
