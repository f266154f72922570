/**
 * Owns which cursor moves of a conversation were told here, so that the rolling check finds those that were lost. The
 * moves of one write share a cursor version; each is a numbered part of that write, since any may come twice.
 */
export interface ToldCursors {
  /** Every move up to here was told; null until the database has been asked. */
  version: number | null;
  /** Later ones: which parts of each have come. */
  readonly later: Map<number, { of: number; come: Set<number> }>;
}

/** Which of the events of its write a move is. */
export interface Part {
  at: number;
  of: number;
}

const laterMax = 64;

export function createToldCursors(version: number | null): ToldCursors {
  return { version, later: new Map() };
}

export function noteCursor(told: ToldCursors, version: number, { at, of }: Part): void {
  if (version === 0 || told.version === null || version <= told.version) return;
  if (told.later.size >= laterMax && !told.later.has(version)) return;
  const write = told.later.get(version) ?? { of, come: new Set() };
  told.later.set(version, write);
  write.come.add(at);
  let next = told.later.get(told.version + 1);
  while (next !== undefined && next.come.size >= next.of) {
    told.version += 1;
    told.later.delete(told.version);
    next = told.later.get(told.version + 1);
  }
}

/** Everything up to `version` is told otherwise. */
export function settleCursors(told: ToldCursors, version: number): void {
  told.version = Math.max(told.version ?? 0, version);
  for (const later of told.later.keys()) if (later <= told.version) told.later.delete(later);
}
