/**
 * Owns the decision whether the timeline follows its end. Only the reader's own move upwards lets go: growing content
 * also opens a gap below, and must not.
 */
export interface ScrollPlace {
  offset: number;
  viewport: number;
  content: number;
}

/** This near the end counts as the end. */
export const endSlack = 48;
/** This near the beginning is time to fetch older messages: some screens ahead, so that nobody waits. */
export const topSlack = 900;

/** `acting`: a wheel, a finger or a key moves it now, so that going away is the reader's wish whatever else grows. */
export function followsEnd(
  following: boolean,
  before: ScrollPlace,
  now: ScrollPlace,
  acting = false,
): boolean {
  if (distanceToEnd(now) <= endSlack) return true;
  if (acting && distanceToEnd(now) > distanceToEnd(before) + 1) return false;
  const grewOrShrank = now.content !== before.content || now.viewport !== before.viewport;
  if (now.offset < before.offset - 1 && !grewOrShrank) return false;
  return following;
}

export function distanceToEnd({ offset, viewport, content }: ScrollPlace): number {
  return content - viewport - offset;
}

export function wantsOlder(following: boolean, place: ScrollPlace): boolean {
  if (place.viewport === 0) return false;
  // Before the first jump to the end, the place is the top by accident.
  if (following) return place.content <= place.viewport + 1;
  return place.offset < topSlack;
}
