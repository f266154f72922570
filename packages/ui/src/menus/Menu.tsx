/**
 * Owns menus, on the browser's own popover: it is above everything, also above a dialog, and closes on Escape, on a
 * press elsewhere and on the phone's back. What is inside exists only while it is open: mount it to open it.
 */
import { Fragment, type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { Icon, type IconName } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { type Box, placeMenu } from './placeMenu.ts';

export interface MenuItem {
  /** Also the item's key. */
  label: string;
  icon?: IconName;
  /** Cannot be undone. */
  danger?: boolean;
  disabled?: boolean;
  /** Said where the item is one of several that are chosen or not. */
  checked?: boolean;
  /** A line above it. */
  startsGroup?: boolean;
  onSelect: () => void;
}

export interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  /** What it opens beside: a button, or where the pointer is. */
  anchor: Element | { x: number; y: number };
  onClose: () => void;
}

/** Letters typed within this time are one word. */
const typedMs = 700;

export function Menu({ label, items, anchor, onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  const type = useTypeahead();

  useLayoutEffect(() => {
    const menu = ref.current;
    if (menu === null) return;
    // Without popovers it stays where it is in the page, which is no reason to stop.
    menu.showPopover?.();
    const { left, top, heightMax } = placeMenu({
      anchor: boxOf(anchor),
      menu: { width: menu.offsetWidth, height: menu.offsetHeight },
      page: { width: innerWidth, height: innerHeight },
      rtl: getComputedStyle(menu).direction === 'rtl',
    });
    menu.style.left = `${left}px`;
    menu.style.top = `${top}px`;
    menu.style.maxHeight = `${heightMax}px`;
  }, [anchor]);

  useEffect(() => {
    // Some browsers give a button that is pressed no focus.
    const opener = document.activeElement === document.body ? anchor : document.activeElement;
    enabled(ref.current)[0]?.focus();
    return () => {
      // A press elsewhere has taken the focus there.
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, [anchor]);

  useEffect(() => {
    addEventListener('resize', onClose);
    return () => removeEventListener('resize', onClose);
  }, [onClose]);

  function press(event: KeyboardEvent) {
    const options = enabled(ref.current);
    const at = options.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) options.at(to % options.length)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (!type(event, options, at)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      ref={ref}
      className="natter-menu"
      role="menu"
      aria-label={label}
      tabIndex={-1}
      popover="auto"
      onKeyDown={press}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      // What is pressed here is no press on what is behind, in React's tree either.
      onClick={(event) => event.stopPropagation()}
    >
      {items.map((item) => (
        <Fragment key={item.label}>
          {item.startsGroup === true && <hr className="natter-menu-line" />}
          <button
            type="button"
            className="natter-menu-item"
            role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
            aria-disabled={item.disabled === true}
            data-danger={item.danger === true}
            tabIndex={-1}
            onPointerMove={(event) => {
              if (event.pointerType !== 'touch') event.currentTarget.focus({ preventScroll: true });
            }}
            onClick={() => {
              if (item.disabled === true) return;
              onClose();
              item.onSelect();
            }}
          >
            {item.icon !== undefined && <Icon name={item.icon} />}
            <span>{item.label}</span>
            {item.checked === true && <Icon name="check" />}
          </button>
        </Fragment>
      ))}
    </div>
  );
}

/** Typing the start of a name goes to it; the same letter again to the next. */
function useTypeahead() {
  const { clock } = useUi();
  const typed = useRef({ text: '', at: 0 });
  return (event: KeyboardEvent, options: readonly HTMLElement[], at: number): boolean => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return false;
    const now = clock.now();
    const before = now - typed.current.at < typedMs ? typed.current.text : '';
    // The space bar presses, unless it is within a name.
    if (event.key === ' ' && before === '') return false;
    const key = event.key.toLocaleLowerCase();
    const text = before === key ? key : before + key;
    typed.current = { text, at: now };
    const from = text.length === 1 ? at + 1 : Math.max(0, at);
    const inTurn = [...options.slice(from), ...options.slice(0, from)];
    inTurn.find((each) => each.textContent?.toLocaleLowerCase().startsWith(text))?.focus();
    return true;
  };
}

function enabled(menu: HTMLElement | null): HTMLElement[] {
  return [
    ...(menu?.querySelectorAll<HTMLElement>('.natter-menu-item:not([aria-disabled="true"])') ?? []),
  ];
}

function boxOf(anchor: MenuProps['anchor']): Box {
  if (anchor instanceof Element) return anchor.getBoundingClientRect();
  return { left: anchor.x, right: anchor.x, top: anchor.y, bottom: anchor.y };
}
