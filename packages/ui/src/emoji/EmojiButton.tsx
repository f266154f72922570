/** Owns the button that opens the emoji picker. */
import { useRef, useState } from 'react';
import { onDemand } from '../dialogs/onDemand.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

const load = () => import('./EmojiPopover.tsx');
const EmojiPopover = /* @__PURE__ */ onDemand(() =>
  load().then(({ EmojiPopover }) => EmojiPopover),
);

export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { texts } = useUi();
  const ref = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // The press that closes the picker is also one on the button, which must not open it again.
  const wasOpen = useRef(false);

  /** It says itself when it cannot be had. */
  function prepare() {
    load()
      .then(({ loadPicker }) => loadPicker())
      .catch(() => {});
  }

  return (
    <>
      <IconButton
        ref={ref}
        icon="smile"
        label={texts.emoji.title}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={prepare}
        onFocus={prepare}
        onPointerDown={() => {
          wasOpen.current = open;
        }}
        onClick={() => {
          setOpen(!wasOpen.current);
          wasOpen.current = false;
        }}
      />
      {open && ref.current !== null && (
        <EmojiPopover
          anchor={ref.current}
          onPick={onPick}
          onClose={(chosen) => {
            setOpen(false);
            // A press elsewhere has taken the focus there.
            const { activeElement } = document;
            const isInside = activeElement?.closest('.natter-emoji') != null;
            if (chosen !== true && (isInside || activeElement === document.body))
              ref.current?.focus();
          }}
        />
      )}
    </>
  );
}
