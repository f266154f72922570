/**
 * Owns telling a disk that takes nothing from a fault of ours: nothing was saved, and once there is room saving goes on
 * by itself, so callers are to wait. Errors come from another thread, and of them only the sentence of SQLite survives.
 */
const disks = [
  ['database or disk is full', 'the disk is full'],
  ['attempt to write a readonly database', 'the disk or the file can only be read'],
  ['disk I/O error', 'the disk refuses to be written'],
] as const;

export type DiskTrouble = (typeof disks)[number][1];

/** Null: it is not the disk's. */
export function diskTroubleOf(cause: unknown): DiskTrouble | null {
  if (!(cause instanceof Error)) return null;
  return disks.find(([sentence]) => cause.message.startsWith(sentence))?.[1] ?? null;
}
