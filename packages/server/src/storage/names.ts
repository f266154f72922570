/** Owns how names are compared: case and accents do not count, and a query matches from the start of any word. */
import { limits } from '@natter/protocol';

export function normaliseName(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

/** The whole normalised name, then from each further word on; each once. */
export function nameParts(name: string): string[] {
  const whole = normaliseName(name);
  const starts = [...whole.matchAll(/[\p{L}\p{N}]+/gu)].map((word) => word.index);
  return [...new Set([0, ...starts].map((start) => cut(whole.slice(start))))];
}

/** The start of what `nameParts` keeps. */
export function nameQuery(query: string): string {
  return cut(normaliseName(query));
}

/** Some characters grow when normalised; a part must still fit into a cursor, beside an id. Never half a character. */
function cut(text: string): string {
  return text.slice(0, limits.nameCharactersMax).toWellFormed();
}
