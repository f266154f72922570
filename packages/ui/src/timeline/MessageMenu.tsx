/** Owns the menu of a message: all that can be done with it, by mouse, finger and keys. */
import type { TimelineMessage } from '@natter/client';
import { Menu, type MenuItem, type MenuProps } from '../menus/Menu.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { Texts } from '../texts/english.ts';
import type { MessageCommands } from './messageCommands.ts';
import { offeredActions } from './offeredActions.ts';

export interface MessageMenuProps {
  message: TimelineMessage;
  canDelete: boolean;
  commands: MessageCommands;
  anchor: MenuProps['anchor'];
  onClose: () => void;
}

export function MessageMenu({ message, canDelete, commands, anchor, onClose }: MessageMenuProps) {
  const { texts } = useUi();
  return (
    <Menu
      label={texts.timeline.actions}
      items={menuItems(message, canDelete, commands, texts)}
      anchor={anchor}
      onClose={onClose}
    />
  );
}

export function menuItems(
  message: TimelineMessage,
  canDelete: boolean,
  commands: MessageCommands,
  texts: Texts,
): MenuItem[] {
  const say = texts.timeline;
  const offered = offeredActions(message, canDelete);
  const item = (
    isOffered: boolean,
    command: ((message: TimelineMessage) => void) | null,
    look: Omit<MenuItem, 'onSelect'>,
  ): MenuItem[] =>
    isOffered && command !== null ? [{ ...look, onSelect: () => command(message) }] : [];
  return [
    ...item(offered.resend, commands.resend, { label: say.resend, icon: 'retry' }),
    ...item(offered.copy, commands.copy, { label: say.copy, icon: 'copy' }),
    ...item(offered.link, commands.copyLink, { label: say.copyLink, icon: 'link' }),
    ...item(offered.edit, commands.edit, { label: say.edit, icon: 'edit' }),
    ...item(offered.details, commands.details, { label: say.details, icon: 'info' }),
    ...item(offered.discard, commands.discard, {
      label: say.discard,
      icon: 'close',
      startsGroup: true,
      danger: true,
    }),
    ...item(offered.remove, commands.delete, {
      label: say.delete,
      icon: 'trash',
      startsGroup: true,
      danger: true,
    }),
  ];
}
