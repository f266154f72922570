/** Owns the opaque cursors of pages: a sort key and an id. Ids have no spaces, so the first one parts them. */
import { NatterError } from '@natter/protocol';

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
