/** Owns paging: which range of `seq` a page is, and opaque cursors, which are a sort key and an id. Ids have no spaces, so the first one parts them. */
import { type ConversationId, NatterError } from '@natter/protocol';

export function encodeCursor(key: string | number, id: string): string {
  return `${id} ${key}`;
}

export function decodeCursor(cursor: string): { key: string; id: string } {
  const space = cursor.indexOf(' ');
  if (space < 1) throw badCursor();
  return { id: cursor.slice(0, space), key: cursor.slice(space + 1) };
}

export function badCursor(): NatterError {
  return new NatterError(
    'badRequest',
    'unable to read this page: `after` is not a cursor that the server gave; begin with the first page',
  );
}

export interface MessagesPage {
  conversationId: ConversationId;
  before?: number;
  after?: number;
  around?: number;
  limit: number;
}

/** Both ends included; empty when `last` is `first` − 1. */
export function pageRange(
  page: Omit<MessagesPage, 'conversationId'>,
  lastSeq: number,
): { first: number; last: number } {
  const { limit } = page;
  if (page.before !== undefined) {
    const last = Math.min(page.before - 1, lastSeq);
    return { first: Math.max(1, last - limit + 1), last };
  }
  if (page.after !== undefined) {
    const first = Math.min(page.after, lastSeq) + 1;
    return { first, last: Math.min(first + limit - 1, lastSeq) };
  }
  const centre = page.around ?? lastSeq;
  const newest = Math.max(1, lastSeq - limit + 1);
  const first = Math.min(Math.max(1, centre - Math.floor(limit / 2)), newest);
  return { first, last: Math.min(first + limit - 1, lastSeq) };
}
