/**
 * Owns how the menu of a message opens: the right button, the menu key, Shift+F10, a finger that stays. The browser
 * closes a menu when a press ends that began before it opened; so it opens when the press has ended.
 */
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { MenuProps } from '../menus/Menu.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

/** A finger that stays this long asks for the menu; browsers take about as long for theirs. */
export const holdMs = 450;
/** Further than this it scrolls, or is on its way to something else. */
const moveMax = 10;

type Place = { x: number; y: number };

export interface MessageMenuState {
  /** Where it is open; null: it is not. */
  anchor: MenuProps['anchor'] | null;
  /** A finger holds the message. */
  held: boolean;
  open: (anchor: MenuProps['anchor']) => void;
  close: () => void;
  /** For the message's own element. */
  handlers: {
    onContextMenu: (event: MouseEvent) => void;
    onKeyDown: (event: KeyboardEvent) => void;
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: () => void;
  };
}

export function useMessageMenu(): MessageMenuState {
  const { clock } = useUi();
  const [anchor, setAnchor] = useState<MenuProps['anchor'] | null>(null);
  const [held, setHeld] = useState(false);
  const finger = useRef<{ at: Place; cancel: () => void; stayed: boolean } | null>(null);
  const cancelOpening = useRef<(() => void) | null>(null);
  const close = useCallback(() => setAnchor(null), []);

  const letGo = useCallback(() => {
    finger.current?.cancel();
    finger.current = null;
    setHeld(false);
  }, []);
  useEffect(
    () => () => {
      finger.current?.cancel();
      cancelOpening.current?.();
    },
    [],
  );

  /** After what the browser does at the end of a press. */
  function openSoon(at: Place): void {
    cancelOpening.current?.();
    cancelOpening.current = clock.after(0, () => setAnchor(at));
  }

  function hold(event: PointerEvent): void {
    const at = placeOf(event);
    letGo();
    const cancel = clock.after(holdMs, () => {
      if (finger.current === null) return;
      finger.current.stayed = true;
      setHeld(true);
    });
    finger.current = { at, cancel, stayed: false };
  }

  return {
    anchor,
    held,
    open: setAnchor,
    close,
    handlers: {
      onContextMenu(event) {
        if (belongsToBrowser(event)) return;
        event.preventDefault();
        // A finger opens it by staying, and keys have opened it already.
        if (finger.current !== null || anchor !== null) return;
        const at = placeOf(event);
        if (event.buttons === 0) openSoon(at);
        else addEventListener('pointerup', () => openSoon(at), { once: true });
      },
      onKeyDown(event) {
        if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
        event.preventDefault();
        const bubble = event.currentTarget.querySelector('.natter-bubble');
        setAnchor(bubble ?? event.currentTarget);
      },
      onPointerDown(event) {
        if (event.pointerType === 'touch' && event.isPrimary && !isControl(event)) hold(event);
        else letGo();
      },
      onPointerMove(event) {
        const from = finger.current?.at;
        if (from === undefined) return;
        if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > moveMax) letGo();
      },
      onPointerUp() {
        const { current } = finger;
        letGo();
        if (current?.stayed === true) openSoon(current.at);
      },
      onPointerCancel: letGo,
    },
  };
}

function placeOf({ clientX, clientY }: { clientX: number; clientY: number }): Place {
  return { x: clientX, y: clientY };
}

/** Its own menu does more with a link, and with text that is selected. */
function belongsToBrowser(event: MouseEvent): boolean {
  const target = event.target as Element;
  if (target.closest('a[href]') !== null) return true;
  const selection = getSelection();
  return (
    selection !== null &&
    !selection.isCollapsed &&
    selection.containsNode(event.target as Node, true)
  );
}

function isControl(event: PointerEvent): boolean {
  return (event.target as Element).closest('a[href], .natter-message-actions') !== null;
}
