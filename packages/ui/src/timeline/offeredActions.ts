/** Owns what can be done with a message, and what not. Pure. */
import type { TimelineMessage } from '@natter/client';

export interface OfferedActions {
  copy: boolean;
  /** It has a place of its own, which a link can name. */
  link: boolean;
  edit: boolean;
  /** Who has got and read it. */
  details: boolean;
  resend: boolean;
  discard: boolean;
  remove: boolean;
}

/** Only my own can be edited, on its way too. One that failed is resent or discarded instead of deleted. */
export function offeredActions(message: TimelineMessage, canDelete: boolean): OfferedActions {
  const isThere = message.deletedAt === null;
  const isKept = isThere && message.seq !== null;
  const isFailed = message.status === 'failed';
  return {
    copy: isThere && message.content !== '',
    link: isKept,
    edit: isThere && message.isMine && message.content !== '',
    details: isKept && message.isMine,
    resend: isFailed,
    discard: isFailed,
    remove: isThere && !isFailed && canDelete,
  };
}
