/** Owns what can be done with a message: shown on hover, and while the message has the focus. */
import type { TimelineMessage } from '@natter/client';
import { useState } from 'react';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export interface MessageActionsProps {
  message: TimelineMessage;
  canDelete: boolean;
  tabIndex: number;
  /** Null where there is nothing to edit it in. */
  onEdit: ((message: TimelineMessage) => void) | null;
  onDelete: (message: TimelineMessage) => void;
}

export function MessageActions({
  message,
  canDelete,
  tabIndex,
  onEdit,
  onDelete,
}: MessageActionsProps) {
  const { texts } = useUi();
  const [copied, setCopied] = useState(false);
  const offered = offeredActions(message, canDelete);
  const { copy, remove } = offered;
  const edit = offered.edit && onEdit !== null;
  if (!copy && !edit && !remove) return null;

  async function copyText() {
    try {
      await navigator.clipboard.writeText(message.content);
      setCopied(true);
    } catch {
      // The browser refused; the text can still be selected.
    }
  }

  return (
    <div
      className="natter-message-actions"
      role="toolbar"
      aria-label={texts.timeline.actions}
      onMouseLeave={() => setCopied(false)}
    >
      {copy && (
        <IconButton
          icon={copied ? 'check' : 'copy'}
          label={copied ? texts.timeline.copied : texts.timeline.copy}
          tabIndex={tabIndex}
          onClick={copyText}
        />
      )}
      {edit && (
        <IconButton
          icon="edit"
          label={texts.timeline.edit}
          tabIndex={tabIndex}
          onClick={() => onEdit(message)}
        />
      )}
      {remove && (
        <IconButton
          icon="trash"
          label={texts.timeline.delete}
          tabIndex={tabIndex}
          onClick={() => onDelete(message)}
        />
      )}
    </div>
  );
}

/** Only my own can be edited, on its way too. One that failed is resent or discarded instead of deleted. */
export function offeredActions(
  message: TimelineMessage,
  canDelete: boolean,
): { copy: boolean; edit: boolean; remove: boolean } {
  const there = message.deletedAt === null;
  return {
    copy: there && message.content !== '',
    edit: there && message.isMine && message.content !== '',
    remove: there && message.status !== 'failed' && canDelete,
  };
}
