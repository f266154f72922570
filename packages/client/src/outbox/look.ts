/** Owns how a message looks to an application: as the server has it or as it will, and with what I have changed since. */
import type { ErrorBody, SystemLine } from '@natter/protocol';
import type { TimelineMessage } from '../contract.ts';

/** An edit or deletion on its way, shown before its row is here; or why the server did not agree. */
export interface Change {
  /** Null: it was taken back, since it was refused. */
  change: { content: string } | { deletedAt: number } | null;
  error: ErrorBody | null;
  /** The version of the row that has it; null before the server has acknowledged it. */
  version: number | null;
}

type Own = 'isMine' | 'status' | 'pending' | 'error';

export const none: readonly never[] = [];

export function look(
  row: Omit<TimelineMessage, Own | 'system'> & { system?: SystemLine },
  { isMine, status, pending, error }: Pick<TimelineMessage, Own>,
  change: Change['change'],
): TimelineMessage {
  const message: TimelineMessage = {
    id: row.id,
    conversationId: row.conversationId,
    seq: row.seq,
    senderId: row.senderId,
    senderName: row.senderName,
    isMine,
    type: row.type,
    system: row.system ?? null,
    content: row.content,
    attachments: row.attachments,
    pending,
    createdAt: row.createdAt,
    editedAt: row.editedAt,
    deletedAt: row.deletedAt,
    status,
    error,
  };
  if (change === null) return message;
  const isDeleted = 'deletedAt' in change;
  const gone = isDeleted ? { content: '', attachments: none, pending: none } : {};
  return Object.assign(message, change, gone);
}
