/**
 * Owns drafts on the device: one entry for each person and conversation, so that two tabs that write at once do not
 * overwrite each other's. Storage that is full, closed or written by somebody else is never the writer's problem.
 */
import type { ConversationId } from '@natter/protocol';
import { type PersonStorage, personPrefix } from '../runtime/personStorage.ts';

export interface KeptDraft {
  text: string;
  /** How many were chosen with it. */
  files: number;
  /** Unix ms of the last change. */
  at: number;
}

export interface KeptDrafts {
  read(): Map<ConversationId, KeptDraft>;
  /** False: there is no room, or no storage. */
  write(id: ConversationId, draft: KeptDraft): boolean;
  remove(id: ConversationId): void;
  /** All that is kept of this person, not only drafts. */
  wipe(): void;
  /** Whose draft the entry is; null when it is none of this person's. */
  idOf(key: string): ConversationId | null;
}

/** What is longer is kept in memory whole, and on the device as far as this. Four times what a message may have. */
export const keptCharactersMax = 65_536;

export function createKeptDrafts(storage: PersonStorage, userId: string): KeptDrafts {
  const person = personPrefix(userId);
  const own = `${person}draft/`;

  function keys(prefix: string): string[] {
    const found: string[] = [];
    for (let at = 0; at < storage.length; at += 1) {
      const key = storage.key(at);
      if (key?.startsWith(prefix) === true) found.push(key);
    }
    return found;
  }

  return {
    read() {
      const drafts = new Map<ConversationId, KeptDraft>();
      attempt(() => {
        for (const key of keys(own)) {
          const draft = parseKept(storage.getItem(key));
          if (draft !== null) drafts.set(key.slice(own.length) as ConversationId, draft);
        }
      });
      return drafts;
    },
    write(id, { text, files, at }) {
      const cut = text.slice(0, keptCharactersMax).toWellFormed();
      return attempt(() => {
        storage.setItem(own + id, JSON.stringify({ text: cut, files, at }));
        return true;
      });
    },
    remove: (id) => void attempt(() => storage.removeItem(own + id)),
    wipe() {
      attempt(() => {
        for (const key of keys(person)) storage.removeItem(key);
      });
    },
    idOf: (key) => (key.startsWith(own) ? (key.slice(own.length) as ConversationId) : null),
  };
}

/** Null for what is not there, or not ours. */
export function parseKept(value: string | null): KeptDraft | null {
  try {
    const { text, files, at } = JSON.parse(value ?? 'null') ?? {};
    if (typeof text !== 'string' || text.length > keptCharactersMax) return null;
    if (!Number.isSafeInteger(files) || files < 0 || !Number.isFinite(at)) return null;
    return { text, files, at };
  } catch {
    return null;
  }
}

/** False when it failed. */
function attempt(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
