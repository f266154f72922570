/**
 * Owns what a press on a row means: the conversation that stood there when the pointer went down, and its menu for the
 * other button, the menu key, and a finger that stays.
 */
import type { ConversationItem } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { type MouseEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react';
import type { MenuProps } from '../menus/Menu.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { Hold } from './useHold.ts';
import type { Standing } from './useStanding.ts';

const longPressMs = 500;
const slackPixels = 10;

export function usePresses(options: {
  rows: readonly ConversationItem[];
  meantAt: Standing['meantAt'];
  onSelect: (id: ConversationId) => void;
  touch: Hold['touch'];
  openMenu: (id: ConversationId, anchor: MenuProps['anchor']) => boolean;
}) {
  const { clock } = useUi();
  const newest = useRef(options);
  useEffect(() => {
    newest.current = options;
  });
  /** What the pointer that is, or was last, down means; undefined when a key or a screen reader presses. */
  const pressed = useRef<ConversationId | null | undefined>(undefined);
  const long = useRef({ cancel: () => {}, x: 0, y: 0 });

  const endLong = useCallback(() => long.current.cancel(), []);
  useEffect(() => endLong, [endLong]);

  const select = useCallback((id: ConversationId) => {
    const meant = pressed.current === undefined ? id : pressed.current;
    pressed.current = undefined;
    if (meant === null) return;
    // Chosen: until the pointer moves again there is nothing to hold still for.
    newest.current.touch({ over: false, pressed: false });
    newest.current.onSelect(meant);
  }, []);

  function onPointerDown(event: PointerEvent) {
    const { touch, meantAt, openMenu } = newest.current;
    touch({ pressed: true });
    const place = placeOf(event.target);
    const finger = event.pointerType === 'touch';
    const id = place === null ? null : meantAt(place, finger);
    pressed.current = id;
    if (!finger || id === null) return;
    const { clientX: x, clientY: y } = event;
    endLong();
    const cancel = clock.after(longPressMs, () => {
      // The finger that comes up then chooses nothing.
      if (openMenu(id, { x, y })) pressed.current = null;
    });
    long.current = { cancel, x, y };
  }

  function onPointerMove({ clientX, clientY, pointerType }: PointerEvent) {
    const { touch } = newest.current;
    if (pointerType !== 'touch') touch({ over: true });
    const { x, y } = long.current;
    if (Math.hypot(clientX - x, clientY - y) > slackPixels) endLong();
  }

  function release() {
    endLong();
    newest.current.touch({ pressed: false });
  }

  function onPointerLeave() {
    newest.current.touch({ over: false, pressed: false });
  }

  function onClickCapture({ detail }: MouseEvent) {
    if (detail === 0) pressed.current = undefined;
  }

  function onContextMenu(event: MouseEvent) {
    const place = placeOf(event.target);
    if (place === null) return;
    const { rows, openMenu, touch } = newest.current;
    // With the menu key there is no pointer, and no place but the row's own.
    const byKey = event.detail === 0 && event.button !== 2;
    const id = byKey ? rows[place]?.conversation.id : pressed.current;
    if (id === undefined || id === null) return;
    const anchor = byKey ? (event.target as Element) : { x: event.clientX, y: event.clientY };
    if (!openMenu(id, anchor)) return;
    event.preventDefault();
    pressed.current = null;
    touch({ pressed: false });
  }

  return {
    select,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: release,
      onPointerCancel: release,
      onPointerLeave,
      onScroll: endLong,
      onClickCapture,
      onContextMenu,
    },
  };
}

function placeOf(target: EventTarget): number | null {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  return item === null ? null : Number(item.dataset.place);
}
