/** Owns how somebody without a picture looks: two letters and a colour that stays theirs everywhere. */

/** The first letters of the first and the last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = firstLetter(words[0]);
  const last = words.length > 1 ? firstLetter(words.at(-1)) : '';
  return (first + last).toLocaleUpperCase() || '?';
}

function firstLetter(word: string | undefined): string {
  return word === undefined ? '' : (Array.from(word)[0] ?? '');
}

export const avatarColours = 8;

/** 0 to 7: the same for the same id on every device. FNV-1a, since it is short and spreads well. */
export function avatarColour(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % avatarColours;
}
