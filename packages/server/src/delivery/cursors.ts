/**
 * Owns which cursor moves of a conversation were told here, so that the rolling check finds those that were lost. The
 * moves of one write share a cursor version, and each tells as how many events that write is told.
 */
export interface ToldCursors {
  /** Every move up to here was told; null until the database has been asked. */
  version: number | null;
  /** Later ones: how many of each are still missing. */
  readonly missing: Map<number, number>;
}

const laterMax = 64;

export function createToldCursors(version: number | null): ToldCursors {
  return { version, missing: new Map() };
}

export function noteCursor(told: ToldCursors, version: number, parts: number): void {
  if (version === 0 || told.version === null || version <= told.version) return;
  if (told.missing.size >= laterMax && !told.missing.has(version)) return;
  told.missing.set(version, (told.missing.get(version) ?? parts) - 1);
  while ((told.missing.get(told.version + 1) ?? 1) <= 0) {
    told.version += 1;
    told.missing.delete(told.version);
  }
}

/** Everything up to `version` is told otherwise. */
export function settleCursors(told: ToldCursors, version: number): void {
  told.version = Math.max(told.version ?? 0, version);
  for (const later of told.missing.keys()) if (later <= told.version) told.missing.delete(later);
}
