/**
 * Owns dialogs, on the browser's own modal `<dialog>`: it holds the focus, makes the page behind it inert, closes on
 * Escape and gives the focus back. What is inside exists only while it is open.
 */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Confirmations have their own buttons and are announced with their text. */
  alert?: boolean;
  wide?: boolean;
}

export function Dialog({ title, onClose, children, alert = false, wide = false }: DialogProps) {
  const { texts } = useUi();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog !== null && !dialog.open) dialog.showModal();
    // The browser would take the first control, which is the one that closes.
    dialog?.querySelector<HTMLElement>('[data-natter-focus]')?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the browser's own.
    <dialog
      ref={ref}
      className={`natter-dialog ${wide ? 'natter-dialog-wide' : ''}`}
      aria-labelledby={titleId}
      role={alert ? 'alertdialog' : undefined}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className="natter-dialog-body">
        <header className="natter-dialog-header">
          <h2 id={titleId}>{title}</h2>
          {!alert && <IconButton icon="close" label={texts.common.close} onClick={onClose} />}
        </header>
        {children}
      </div>
    </dialog>
  );
}
