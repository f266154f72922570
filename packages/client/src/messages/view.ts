/** Owns how a message looks to an application. One object per message, kept while nothing about it changed. */
import type { Message, MessageId, UserId } from '@natter/protocol';
import type { MessageStatus, TimelineMessage } from '../contract.ts';
import { type Change, look, none } from '../outbox/look.ts';

/** How far all the others have got; null when that is not known (large conversations). */
export type Levels = { deliveredSeq: number; readSeq: number } | null;

export interface Views {
  view(
    row: Message,
    change: Change | undefined,
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

export function createViews(): Views {
  const views = new Map<
    MessageId,
    { row: Message; change: Change | undefined; view: TimelineMessage }
  >();
  return {
    view(row, change, levels, me) {
      const isMine = row.senderId === me;
      // Nobody waits for a system line to arrive.
      const status = statusOf(row.seq, isMine && row.type !== 'system', levels);
      const before = views.get(row.id);
      if (
        before?.row === row &&
        before.change === change &&
        before.view.status === status &&
        before.view.isMine === isMine
      ) {
        return before.view;
      }
      const version = change?.version ?? Number.POSITIVE_INFINITY;
      const view = look(
        row,
        { isMine, status, pending: none, error: change?.error ?? null },
        row.deletedAt === null && row.version < version ? (change?.change ?? null) : null,
      );
      views.set(row.id, { row, change, view });
      return view;
    },
    keepOnly(ids) {
      for (const id of views.keys()) if (!ids.has(id)) views.delete(id);
    },
  };
}
