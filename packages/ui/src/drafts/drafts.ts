/**
 * Owns what is being written, by conversation: kept over page loads for this person, the same in all their tabs, gone
 * when they sign out. What is typed here wins over what another tab says until it is written down.
 */
import type { Store } from '@natter/client';
import type { ConversationId, UserId } from '@natter/protocol';
import type { Clock } from '../runtime/clock.ts';
import type { PersonStorage } from '../runtime/personStorage.ts';
import { type ChosenFile, type Draft, isEmptyDraft, noDraft } from './draft.ts';
import { createKeptDrafts, type KeptDraft, type KeptDrafts, parseKept } from './kept.ts';

export interface Drafts {
  /** What is being written there; `noDraft` when nothing is. */
  draftOf(id: ConversationId): Store<Draft>;
  write(id: ConversationId, text: string): void;
  /** In the order in which they will be sent. Those of other conversations go, oldest first, when there are too many. */
  choose(id: ConversationId, files: readonly ChosenFile[]): void;
  /** A file with a key of its own. */
  hold(file: File): ChosenFile;
  /** It was sent, or is not wanted any more. */
  clear(id: ConversationId): void;
  /** Writes down at once what waits to be. Happens by itself a moment after each change, and when the page is left. */
  flush(): void;
  /** Forgets all of it, in every tab. Happens by itself when this person is signed out. */
  wipe(): void;
  /** Flushes and lets go; what the device keeps stays. Twice is harmless. */
  dispose(): void;
}

export interface DraftsWorld {
  /** Usually `localStorage`. Storage that throws keeps nothing, and does no harm. */
  storage: PersonStorage | null;
  clock: Clock;
  /** Usually `client.me`: whose drafts they are. Nothing is kept before that is known. */
  me: Store<{ userId: UserId } | null>;
  /** Usually `window`. */
  page: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;
}

export const draftBounds = {
  /** Conversations with a draft. */
  draftsMax: 100,
  /** Files in memory, of all conversations. */
  filesMax: 50,
  fileBytesMax: 524_288_000,
  writeDelayMs: 400,
} as const;

interface Entry {
  draft: Draft;
  /** Unix ms of the last change. */
  at: number;
  /** Changed here, and not yet written down. */
  dirty: boolean;
}

export function createDrafts({ storage, clock, me, page }: DraftsWorld): Drafts {
  const entries = new Map<ConversationId, Entry>();
  const listeners = new Map<ConversationId, Map<object, () => void>>();
  let userId: UserId | null = null;
  let kept: KeptDrafts | null = null;
  let cancelWrite: (() => void) | null = null;
  let isClosed = false;
  let isAsking = false;
  let fileCount = 0;

  function set(id: ConversationId, draft: Draft, dirty: boolean, at = clock.now()): void {
    const before = entries.get(id);
    // The newest last, so that the first is the oldest.
    entries.delete(id);
    if (!isEmptyDraft(draft) || dirty) entries.set(id, { draft, at, dirty });
    if ((before?.draft ?? noDraft) === draft) return;
    for (const listener of [...(listeners.get(id)?.values() ?? [])]) listener();
  }

  function change(id: ConversationId, draft: Draft): void {
    if (isClosed) return;
    set(id, draft, true);
    askBeforeLeaving();
    cancelWrite ??= clock.after(draftBounds.writeDelayMs, flush);
  }

  function flush(): void {
    cancelWrite?.();
    cancelWrite = null;
    if (isClosed) return;
    for (const [id, { draft, at, dirty }] of kept === null ? [] : [...entries]) {
      if (!dirty) continue;
      if (isEmptyDraft(draft)) {
        kept?.remove(id);
        entries.delete(id);
        continue;
      }
      const { text, files, filesMissing } = draft;
      entries.set(id, { draft, at, dirty: false });
      writeDown(id, { text, files: files.length + filesMissing, at });
    }
    dropOldest();
  }

  /** Where there is no room for it, the oldest goes. */
  function writeDown(id: ConversationId, draft: KeptDraft): void {
    if (kept === null || kept.write(id, draft)) return;
    const oldest = [...entries].find(
      ([
        other,
        {
          draft: { files },
        },
      ]) => {
        return other !== id && files.length === 0;
      },
    )?.[0];
    if (oldest === undefined) return;
    forget(oldest);
    kept.write(id, draft);
  }

  function dropOldest(): void {
    for (const [id, { draft }] of entries) {
      if (entries.size <= draftBounds.draftsMax) return;
      if (draft.files.length === 0) forget(id);
    }
  }

  function forget(id: ConversationId): void {
    kept?.remove(id);
    set(id, noDraft, false);
  }

  /** Another tab has written it down. What is being typed here is newer. */
  function hear(id: ConversationId, theirs: KeptDraft | null): void {
    const entry = entries.get(id);
    if (entry?.dirty === true) return;
    const { text: before, files, filesMissing: missing } = entry?.draft ?? noDraft;
    const text = theirs?.text ?? '';
    const filesMissing = theirs === null ? 0 : missing;
    if (text === before && filesMissing === missing) return;
    const draft = { text, files, filesMissing };
    set(id, isEmptyDraft(draft) ? noDraft : draft, false, theirs?.at);
  }

  function onStorage(event: Event): void {
    const { key, newValue } = event as StorageEvent;
    if (kept === null || isClosed) return;
    const id = key === null ? null : kept.idOf(key);
    // Without a key, all of the storage was emptied.
    if (key === null) readAgain();
    else if (id !== null) hear(id, parseKept(newValue));
  }

  /** Nothing was heard while the page was put away. */
  function readAgain(): void {
    if (kept === null || isClosed) return;
    const theirs = kept.read();
    for (const id of new Set([...entries.keys(), ...theirs.keys()]))
      hear(id, theirs.get(id) ?? null);
  }

  function onMe(): void {
    const next = me.getSnapshot()?.userId ?? null;
    if (isClosed || next === userId) return;
    if (userId !== null) wipe();
    else if (next !== null) know(next);
  }

  function know(next: UserId): void {
    userId = next;
    if (storage === null) return;
    kept = createKeptDrafts(storage, next);
    const known = [...kept.read()].sort(([, a], [, b]) => a.at - b.at);
    for (const [id, { text, files, at }] of known) {
      const mine = entries.get(id)?.draft;
      if (mine === undefined) set(id, { text, files: [], filesMissing: files }, false, at);
      // Written here before they were read: one goes after the other, and nothing is lost.
      else set(id, { ...mine, text: [text, mine.text].filter(Boolean).join('\n') }, true);
    }
    cancelWrite ??= clock.after(draftBounds.writeDelayMs, flush);
  }

  function wipe(): void {
    if (isClosed) return;
    kept?.wipe();
    close();
    for (const id of [...entries.keys()]) set(id, noDraft, false);
  }

  function close(): void {
    isClosed = true;
    cancelWrite?.();
    undoMe();
    for (const [name, listener] of heard) page.removeEventListener(name, listener);
    page.removeEventListener('beforeunload', ask);
  }

  /** Only while there are files: a page that asks is never kept by the browser for going back to it. */
  function askBeforeLeaving(): void {
    const asks = [...entries.values()].some(({ draft }) => draft.files.length > 0);
    if (asks === isAsking) return;
    isAsking = asks;
    if (asks) page.addEventListener('beforeunload', ask);
    else page.removeEventListener('beforeunload', ask);
  }

  function ask(event: Event): void {
    event.preventDefault();
  }

  /** Those of other conversations, oldest first. */
  function letGoOfFiles(current: ConversationId): void {
    const withFiles = [...entries].filter(([, { draft }]) => draft.files.length > 0);
    let count = 0;
    let bytes = 0;
    for (const [, { draft }] of withFiles) {
      count += draft.files.length;
      for (const { file } of draft.files) bytes += file.size;
    }
    for (const [id, entry] of withFiles) {
      if (count <= draftBounds.filesMax && bytes <= draftBounds.fileBytesMax) return;
      if (id === current) continue;
      const { text, files, filesMissing } = entry.draft;
      count -= files.length;
      for (const { file } of files) bytes -= file.size;
      change(id, { text, files: [], filesMissing: filesMissing + files.length });
    }
  }

  const heard = [
    ['storage', onStorage],
    ['pageshow', readAgain],
    ['pagehide', flush],
    // The last that a phone tells of.
    ['visibilitychange', flush],
  ] as const;
  for (const [name, listener] of heard) page.addEventListener(name, listener);
  const undoMe = me.subscribe(onMe);
  onMe();

  return {
    draftOf: (id) => ({
      getSnapshot: () => entries.get(id)?.draft ?? noDraft,
      subscribe(listener) {
        const key = {};
        const own = listeners.get(id) ?? new Map<object, () => void>();
        listeners.set(id, own.set(key, listener));
        return () => {
          own.delete(key);
          if (own.size === 0 && listeners.get(id) === own) listeners.delete(id);
        };
      },
    }),
    write(id, text) {
      const draft = entries.get(id)?.draft ?? noDraft;
      if (draft.text !== text) change(id, { ...draft, text });
    },
    choose(id, files) {
      const { text } = entries.get(id)?.draft ?? noDraft;
      change(id, { text, files, filesMissing: 0 });
      letGoOfFiles(id);
    },
    hold(file) {
      fileCount += 1;
      return { key: `file-${fileCount}`, file };
    },
    clear(id) {
      if (!entries.has(id)) return;
      change(id, noDraft);
      // At once: what was sent must not come back after a crash.
      flush();
    },
    flush,
    wipe,
    dispose() {
      if (isClosed) return;
      flush();
      close();
    },
  };
}
