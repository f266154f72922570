/**
 * Owns one contiguous run of a conversation's messages. It never shows a hole: what comes from further ahead waits
 * until its neighbours are there. Rows merge by version, so replays and overlapping pages are harmless.
 */
import { type GetMessagesResult, type Message, type MessageId, newerRow } from '@natter/protocol';

export interface Window {
  readonly rows: readonly Message[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
  /** Rows wait for neighbours that are still to come. */
  readonly hasAhead: boolean;
  get(id: MessageId): Message | undefined;
  /** Older neighbours. */
  prepend(page: GetMessagesResult): void;
  /** Newer neighbours. */
  append(page: GetMessagesResult): void;
  /** Changed and new rows, in any order. True when something changed that shows. */
  merge(rows: Iterable<Message>): boolean;
}

/** Rows kept in memory; beyond it the far end is let go, and can be paged in again. */
const rowsMax = 2_000;
const aheadMax = 2_000;

export function createWindow(page: GetMessagesResult): Window {
  let rows: Message[] = [];
  const places = new Map<MessageId, Message>();
  const ahead = new Map<number, Message>();
  let { hasBefore, hasAfter } = page;
  /** The place after which the next message comes: without rows, where the page was read. */
  let end = page.messages.at(-1)?.seq ?? (page.hasAfter ? 0 : page.lastSeq);

  const first = (): number => rows[0]?.seq ?? end + 1;

  function add(row: Message): void {
    rows.push(row);
    places.set(row.id, row);
    end = row.seq;
  }

  function put(row: Message): boolean {
    const own = places.get(row.id);
    if (own !== undefined) {
      if (newerRow(own, row) === own) return false;
      places.set(row.id, row);
      // Places are contiguous, so a row's index follows from its seq.
      rows[row.seq - first()] = row;
      return true;
    }
    if (row.seq <= end || hasAfter) return false;
    if (row.seq === end + 1) {
      add(row);
      return true;
    }
    if (ahead.size < aheadMax) {
      const waiting = ahead.get(row.seq);
      ahead.set(row.seq, waiting === undefined ? row : newerRow(waiting, row));
      return false;
    }
    // Too far ahead to keep: the window ends here, and the rest is paged in.
    hasAfter = true;
    ahead.clear();
    return true;
  }

  function drain(): boolean {
    let changed = false;
    for (let row = ahead.get(end + 1); row !== undefined; row = ahead.get(end + 1)) {
      ahead.delete(row.seq);
      add(row);
      changed = true;
    }
    return changed;
  }

  function trimOldest(): void {
    if (rows.length <= rowsMax) return;
    for (const row of rows.splice(0, rows.length - rowsMax)) places.delete(row.id);
    hasBefore = true;
  }

  for (const row of page.messages) add(row);

  return {
    get rows() {
      return rows;
    },
    get hasBefore() {
      return hasBefore;
    },
    get hasAfter() {
      return hasAfter;
    },
    get hasAhead() {
      return ahead.size > 0;
    },
    get: (id) => places.get(id),
    prepend(older) {
      const before = older.messages.filter((row) => row.seq < first());
      const last = before.at(-1);
      // Not our neighbours: the window moved while they were on their way.
      if (last !== undefined && last.seq !== first() - 1) return;
      rows = [...before, ...rows];
      for (const row of before) places.set(row.id, row);
      hasBefore = older.hasBefore;
      if (rows.length > rowsMax) {
        for (const row of rows.splice(rowsMax)) places.delete(row.id);
        end = rows.at(-1)?.seq ?? end;
        hasAfter = true;
        ahead.clear();
      }
    },
    append(newer) {
      if ((newer.messages[0]?.seq ?? 0) > end + 1) return;
      for (const row of newer.messages) {
        if (row.seq === end + 1) add(row);
        else put(row);
      }
      hasAfter = newer.hasAfter;
      drain();
      trimOldest();
    },
    merge(changed) {
      let shows = false;
      for (const row of changed) shows = put(row) || shows;
      shows = drain() || shows;
      if (shows) {
        rows = [...rows];
        trimOldest();
      }
      return shows;
    },
  };
}
