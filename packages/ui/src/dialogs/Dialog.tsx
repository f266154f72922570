/**
 * Owns dialogs, on the browser's own modal `<dialog>`: it holds the focus, makes the page behind it inert, closes on
 * Escape and gives the focus back. On phones it is a sheet over all of the page. What is inside exists only while it is
 * open.
 */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { useLayer } from '../runtime/useLayer.ts';

export interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Confirmations have their own buttons and are announced with their text. */
  alert?: boolean;
  wide?: boolean;
  /** Back to what the dialog showed before, where it has several pages. */
  onBack?: (() => void) | undefined;
}

export function Dialog({
  title,
  onClose,
  children,
  alert = false,
  wide = false,
  onBack,
}: DialogProps) {
  const { texts } = useUi();
  const ref = useRef<HTMLDialogElement>(null);
  const pressed = useRef<EventTarget>(null);
  const titleId = useId();
  const bodyId = useId();

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
  useLayer(onClose);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, and the browser's own.
    <dialog
      ref={ref}
      className="natter-dialog"
      data-alert={alert}
      data-wide={wide}
      aria-labelledby={titleId}
      aria-describedby={alert ? bodyId : undefined}
      role={alert ? 'alertdialog' : undefined}
      onCancel={(event) => {
        // A file chooser that is given up says so too.
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose();
      }}
      onClose={(event) => {
        // The browser closes it by itself when it is asked to a second time.
        if (event.target === ref.current && ref.current?.open === false) onClose();
      }}
      onPointerDown={(event) => {
        pressed.current = event.target;
      }}
      onClick={(event) => {
        // Selecting text may end outside; only a press that began there closes.
        if (event.target === ref.current && pressed.current === ref.current) onClose();
      }}
    >
      <div className="natter-dialog-body">
        <header className="natter-dialog-header">
          {onBack !== undefined && (
            <IconButton icon="back" label={texts.common.back} onClick={onBack} />
          )}
          <h2 id={titleId} className="natter-one-line" dir="auto">
            {title}
          </h2>
          {!alert && <IconButton icon="close" label={texts.common.close} onClick={onClose} />}
        </header>
        <div className="natter-dialog-content" id={bodyId}>
          {children}
        </div>
      </div>
    </dialog>
  );
}
