/**
 * Owns where rows stand while somebody is about to choose one. A row never changes place between looking and clicking:
 * while a hand is on the list, rows keep their places and only their contents change; what should stand further up
 * waits. They settle when the hand leaves, has chosen, or has been calm for a while; and a hand that rested there, or a
 * finger, that presses just after they settled means what stood there before.
 */
import type { ConversationItem } from '@natter/client';
import type { ConversationId } from '@natter/protocol';

/** A hand that rests this long reads, and does not aim. */
export const calmMs = 4_000;
/** As long as it takes to see that rows have moved and to stop the finger. */
export const graceMs = 400;

/** What is on the list: the pointer, the keyboard's focus, or a button that is held down. */
export interface Hands {
  over: boolean;
  focus: boolean;
  pressed: boolean;
}

export function holds({ over, focus, pressed }: Hands, calmForMs: number): boolean {
  return pressed || ((over || focus) && calmForMs < calmMs);
}

/**
 * The rows as they stand while held: each in its place with its newest content, one that is gone as it was, and after
 * them the older ones that came with another page. The same array when nothing changed.
 */
export function standStill(
  shown: readonly ConversationItem[],
  live: readonly ConversationItem[],
): readonly ConversationItem[] {
  const places = new Map(live.map((item, at) => [idOf(item), at]));
  let changed = false;
  let lowest = -1;
  const rows = shown.map((row) => {
    const at = places.get(idOf(row));
    if (at === undefined) return row;
    lowest = Math.max(lowest, at);
    places.delete(idOf(row));
    const now = live[at] as ConversationItem;
    changed ||= now !== row;
    return now;
  });
  for (const at of places.values()) {
    if (at <= lowest) continue;
    rows.push(live[at] as ConversationItem);
    changed = true;
  }
  return changed ? rows : shown;
}

/** Rows that moved: as they stood, at which scroll offset, when, and whether the pointer rested on them. */
export interface Settled {
  underHand: boolean;
  rows: readonly ConversationItem[];
  offset: number;
  at: number;
}

/** The conversation that a press on the row at `place` means. */
export function meant(
  rows: readonly ConversationItem[],
  press: { place: number; offset: number; rowHeight: number; at: number; finger: boolean },
  settled: Settled | null,
): ConversationId | null {
  const { place, offset, rowHeight, at, finger } = press;
  // A pointer that comes from elsewhere holds the rows as soon as it is here. Where a finger comes from, nobody sees.
  const isAimed = settled !== null && (finger || settled.underHand) && at - settled.at < graceMs;
  const before =
    isAimed && rowHeight > 0
      ? settled.rows[place + Math.round((settled.offset - offset) / rowHeight)]
      : rows[place];
  return before === undefined ? null : idOf(before);
}

/** Whether a row stands in another place than before. Rows that were added at the end move none. */
export function moved(
  before: readonly ConversationItem[],
  after: readonly ConversationItem[],
): boolean {
  if (before === after) return false;
  return before.some((row, at) => after[at] === undefined || idOf(row) !== idOf(after[at]));
}

/** By how many rows most of the rows in view have moved: what is being read stays when the list scrolls by as much. */
export function shiftOf(
  before: readonly ConversationItem[],
  after: readonly ConversationItem[],
  view: { from: number; to: number },
): number {
  const places = new Map(after.map((item, at) => [idOf(item), at]));
  const votes = new Map<number, number>();
  for (let at = view.from; at <= view.to; at++) {
    const row = before[at];
    const now = row === undefined ? undefined : places.get(idOf(row));
    if (now !== undefined) votes.set(now - at, (votes.get(now - at) ?? 0) + 1);
  }
  let shift = 0;
  for (const [by, count] of votes) if (count > (votes.get(shift) ?? 0)) shift = by;
  return shift;
}

function idOf(item: ConversationItem): ConversationId {
  return item.conversation.id;
}
