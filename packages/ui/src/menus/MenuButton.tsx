/** Owns the button that opens a menu. */
import { useCallback, useRef, useState } from 'react';
import type { IconName } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { Menu, type MenuItem } from './Menu.tsx';

export interface MenuButtonProps {
  icon: IconName;
  /** Of the button and its menu. */
  label: string;
  items: readonly MenuItem[];
  className?: string;
  tabIndex?: number;
}

export function MenuButton({ items, ...button }: MenuButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  // The press that closes the menu is also one on the button, which must not open it again.
  const wasOpen = useRef(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <IconButton
        ref={ref}
        {...button}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerDown={() => {
          wasOpen.current = open;
        }}
        onClick={() => {
          setOpen(!wasOpen.current);
          wasOpen.current = false;
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          setOpen(true);
        }}
      />
      {open && ref.current !== null && (
        <Menu label={button.label} items={items} anchor={ref.current} onClose={close} />
      )}
    </>
  );
}
