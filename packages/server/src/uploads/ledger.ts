/**
 * Owns which uploads are under way or wait to be sent, and for whom. It bounds what one person can leave on the
 * disk. Kept in memory, since the uploads' folder belongs to this process, and read from that folder at start.
 */
import type { FileId, UserId } from '@natter/protocol';

/** `whole`: recorded as a file; it counts until its message is sent. */
export interface UploadEntry {
  fileId: FileId;
  ownerId: UserId;
  name: string;
  /** Declared at the beginning. */
  bytes: number;
  begunAt: number;
  state: 'unfinished' | 'whole';
}

export const uploadBounds = {
  unfinishedMax: 20,
  /** Unfinished, or finished and not yet sent. */
  waitingMax: 100,
  waitingBytesMax: 536_870_912,
} as const;

export type BeginDecision = 'accepted' | 'tooManyUnfinished' | 'tooManyWaiting' | 'tooManyBytes';

/** May somebody who has these uploads begin another of `bytes`? */
export function decideBegin(entries: readonly UploadEntry[], bytes: number): BeginDecision {
  const unfinished = entries.filter((entry) => entry.state === 'unfinished').length;
  if (unfinished >= uploadBounds.unfinishedMax) return 'tooManyUnfinished';
  if (entries.length >= uploadBounds.waitingMax) return 'tooManyWaiting';
  const waitingBytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  return waitingBytes + bytes > uploadBounds.waitingBytesMax ? 'tooManyBytes' : 'accepted';
}

export interface Ledger {
  add(entry: UploadEntry): void;
  get(fileId: FileId): UploadEntry | null;
  remove(fileId: FileId): void;
  ofOwner(ownerId: UserId): UploadEntry[];
  begunBefore(at: number): UploadEntry[];
}

export function createLedger(): Ledger {
  const entries = new Map<FileId, UploadEntry>();
  const owners = new Map<UserId, Set<UploadEntry>>();
  return {
    add(entry) {
      entries.set(entry.fileId, entry);
      const owned = owners.get(entry.ownerId) ?? new Set();
      owners.set(entry.ownerId, owned.add(entry));
    },
    get: (fileId) => entries.get(fileId) ?? null,
    remove(fileId) {
      const entry = entries.get(fileId);
      if (entry === undefined) return;
      entries.delete(fileId);
      const owned = owners.get(entry.ownerId);
      owned?.delete(entry);
      if (owned?.size === 0) owners.delete(entry.ownerId);
    },
    ofOwner: (ownerId) => [...(owners.get(ownerId) ?? [])],
    begunBefore: (at) => [...entries.values()].filter((entry) => entry.begunAt < at),
  };
}
