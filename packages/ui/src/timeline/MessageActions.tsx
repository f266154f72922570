/** Owns the buttons beside a message: shown on hover, and while the message has the focus. The last one opens the whole menu. */
import type { TimelineMessage } from '@natter/client';
import { useRef } from 'react';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { MessageCommands } from './messageCommands.ts';
import { offeredActions } from './offeredActions.ts';
import { useCopy } from './useCopy.ts';

export interface MessageActionsProps {
  message: TimelineMessage;
  canDelete: boolean;
  tabIndex: number;
  commands: MessageCommands;
  menuOpen: boolean;
  /** Opens the menu beside the button. */
  onMenu: (button: HTMLElement) => void;
}

export function MessageActions(props: MessageActionsProps) {
  const { message, canDelete, tabIndex, commands, menuOpen, onMenu } = props;
  const { texts } = useUi();
  const { copied, copy } = useCopy();
  // The press that closes the menu is also one on the button, which must not open it again.
  const wasOpen = useRef(false);
  const offered = offeredActions(message, canDelete);
  if (!Object.values(offered).includes(true)) return null;

  return (
    <div className="natter-message-actions" role="toolbar" aria-label={texts.timeline.actions}>
      {offered.copy && (
        <IconButton
          icon={copied ? 'check' : 'copy'}
          label={copied ? texts.timeline.copied : texts.timeline.copy}
          tabIndex={tabIndex}
          onClick={() => copy(message.content)}
        />
      )}
      {offered.edit && commands.edit !== null && (
        <IconButton
          icon="edit"
          label={texts.timeline.edit}
          tabIndex={tabIndex}
          onClick={() => commands.edit?.(message)}
        />
      )}
      {offered.remove && (
        <IconButton
          icon="trash"
          label={texts.timeline.delete}
          tabIndex={tabIndex}
          onClick={() => commands.delete(message)}
        />
      )}
      <IconButton
        icon="more"
        className="natter-message-more"
        label={texts.timeline.more}
        tabIndex={tabIndex}
        aria-haspopup="menu"
        aria-expanded={menuOpen}
        onPointerDown={() => {
          wasOpen.current = menuOpen;
        }}
        onClick={(event) => {
          if (!wasOpen.current) onMenu(event.currentTarget);
          wasOpen.current = false;
        }}
      />
    </div>
  );
}
