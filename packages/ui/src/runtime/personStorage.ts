/** Owns where things of one person are on this device, so that nobody else who signs in here sees them. */
export type PersonStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** What every key of theirs begins with, and nobody else's does. */
export function personPrefix(userId: string): string {
  return `natter.person/${encodeURIComponent(userId)}/`;
}

/** Null where the browser is told to keep nothing: it throws already when its storage is named. */
export function openPersonStorage(): PersonStorage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
