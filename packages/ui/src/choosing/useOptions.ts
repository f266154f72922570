/**
 * Owns choosing from a list while typing (a combobox with its list always open): the focus stays in the field, arrows
 * move the active option, Enter picks it. Spread what it gives: `input` on the field, `list` on the list, `option(…)`
 * on each option.
 */
import { type KeyboardEvent, useCallback, useEffect, useId, useRef, useState } from 'react';

export interface OptionsProps<Item> {
  /** The list's name. */
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string;
  onPick: (item: Item) => void;
  /** Where several may be chosen: whether this one is. */
  isChosen?: (item: Item) => boolean;
}

/** As far as Page Up and Page Down go. */
const pageOptions = 8;

export function useOptions<Item>({ label, items, keyOf, onPick, isChosen }: OptionsProps<Item>) {
  const listId = useId();
  const list = useRef<HTMLElement>(null);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const found = items.findIndex((item) => keyOf(item) === activeKey);
  // Another list begins at its top.
  const activeIndex = found < 0 && items.length > 0 ? 0 : found;
  const active = items[activeIndex] ?? null;
  const idOf = (index: number) => `${listId}-${index}`;
  const moved = useRef(false);

  useEffect(() => {
    // Only where the keyboard went: under a pointer nothing moves.
    if (!moved.current) return;
    moved.current = false;
    list.current?.querySelector(`[data-index="${activeIndex}"]`)?.scrollIntoView?.({
      block: 'nearest',
    });
  }, [activeIndex]);

  function onKeyDown(event: KeyboardEvent) {
    // While a word is being composed, its keys belong to the composing.
    if (event.nativeEvent.isComposing || items.length === 0) return;
    const last = items.length - 1;
    const at = activeIndex;
    const to = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      PageDown: Math.min(last, at + pageOptions),
      PageUp: Math.max(0, at - pageOptions),
    }[event.key];
    const next = to === undefined ? undefined : items[to];
    if (next !== undefined) {
      moved.current = true;
      setActiveKey(keyOf(next));
    } else if (event.key === 'Enter' && active !== null) onPick(active);
    else return;
    event.preventDefault();
  }

  const setList = useCallback((element: HTMLElement | null) => {
    list.current = element;
  }, []);

  return {
    active,
    activeIndex,
    input: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': items.length > 0,
      'aria-controls': items.length > 0 ? listId : undefined,
      'aria-activedescendant': active === null ? undefined : idOf(activeIndex),
      autoComplete: 'off',
      onKeyDown,
    },
    list: {
      ref: setList,
      id: listId,
      role: 'listbox',
      'aria-label': label,
      'aria-multiselectable': isChosen === undefined ? undefined : true,
    },
    option: (item: Item, index: number) => ({
      id: idOf(index),
      role: 'option',
      'aria-selected': isChosen === undefined ? index === activeIndex : isChosen(item),
      'data-active': index === activeIndex,
      'data-index': index,
      tabIndex: -1,
      onPointerMove: () => setActiveKey(keyOf(item)),
      // The focus stays in the field.
      onMouseDown: (event: { preventDefault: () => void }) => event.preventDefault(),
      onClick: () => onPick(item),
    }),
  } as const;
}
