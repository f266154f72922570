/** Owns how a message looks to an application. One object per message, kept while nothing about it changed. */
import type { ErrorBody, Message, MessageId, UserId } from '@natter/protocol';
import type { MessageStatus, TimelineMessage } from '../contract.ts';

/** How far all the others have got; null when that is not known (large conversations). */
export type Levels = { deliveredSeq: number; readSeq: number } | null;

/** A change shown before its row is here, or why the server did not agree. */
export type Overlay = {
  change: { content: string } | { deletedAt: number } | null;
  error: ErrorBody | null;
  /** The version of the row that has it; null before the server has acknowledged it. */
  version: number | null;
};

export interface Views {
  view(
    row: Message,
    overlay: Overlay | undefined,
    levels: Levels,
    me: UserId | null,
  ): TimelineMessage;
  /** Forgets the views of messages that are no longer shown. */
  keepOnly(ids: ReadonlySet<MessageId>): void;
}

export function statusOf(seq: number, isMine: boolean, levels: Levels): MessageStatus {
  if (!isMine || levels === null) return 'sent';
  if (seq <= levels.readSeq) return 'read';
  return seq <= levels.deliveredSeq ? 'delivered' : 'sent';
}

const none: readonly never[] = [];

export function createViews(): Views {
  const views = new Map<
    MessageId,
    { row: Message; overlay: Overlay | undefined; view: TimelineMessage }
  >();
  return {
    view(row, overlay, levels, me) {
      const isMine = row.senderId === me;
      // Nobody waits for a system line to arrive.
      const status = statusOf(row.seq, isMine && row.type !== 'system', levels);
      const before = views.get(row.id);
      if (
        before?.row === row &&
        before.overlay === overlay &&
        before.view.status === status &&
        before.view.isMine === isMine
      ) {
        return before.view;
      }
      const view: TimelineMessage = {
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
        pending: none,
        createdAt: row.createdAt,
        editedAt: row.editedAt,
        deletedAt: row.deletedAt,
        status,
        error: overlay?.error ?? null,
      };
      if (
        overlay?.change &&
        row.deletedAt === null &&
        row.version < (overlay.version ?? Number.POSITIVE_INFINITY)
      ) {
        Object.assign(
          view,
          overlay.change,
          'deletedAt' in overlay.change ? { content: '', attachments: none } : {},
        );
      }
      views.set(row.id, { row, overlay, view });
      return view;
    },
    keepOnly(ids) {
      for (const id of views.keys()) if (!ids.has(id)) views.delete(id);
    },
  };
}
