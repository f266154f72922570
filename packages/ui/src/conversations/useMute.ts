/** Owns muting from the list: by the row's menu, or the key M on a row. */
import type { ConversationItem } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { useCallback, useState } from 'react';
import type { MenuItem, MenuProps } from '../menus/Menu.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

interface OpenMenu {
  id: ConversationId;
  title: string;
  anchor: MenuProps['anchor'];
}

export function useMute(
  rows: readonly ConversationItem[],
  mutedIds: ReadonlySet<ConversationId>,
  onMute: ((id: ConversationId, muted: boolean) => void) | undefined,
) {
  const { texts } = useUi();
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const closeMenu = useCallback(() => setMenu(null), []);

  /** False where a row has no menu. */
  function openMenu(id: ConversationId, anchor: MenuProps['anchor']): boolean {
    const row = rows.find(({ conversation }) => conversation.id === id);
    if (onMute === undefined || row === undefined) return false;
    setMenu({ id, title: row.title, anchor });
    return true;
  }

  function toggleMute(id: ConversationId): void {
    onMute?.(id, !mutedIds.has(id));
  }

  const isMuted = menu !== null && mutedIds.has(menu.id);
  const menuItems: readonly MenuItem[] =
    menu === null
      ? []
      : [
          {
            icon: isMuted ? 'bell' : 'bellOff',
            label: isMuted ? texts.conversations.unmute : texts.conversations.mute,
            onSelect: () => toggleMute(menu.id),
          },
        ];

  return { menu, openMenu, closeMenu, menuItems, toggleMute };
}
