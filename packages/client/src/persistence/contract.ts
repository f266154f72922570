/**
 * Owns what the SDK asks of a device, to keep one person's chat over page loads and share it among tabs. Two kinds of
 * things are kept. The cache (list, timelines) is a copy: it may be old or gone, never wrong, so its writes are
 * gathered and only one tab, the keeper, writes the list. The outbox exists nowhere else: each item is written when
 * it is made and removed when the server has it.
 */
import type {
  ConversationEntry,
  ConversationId,
  ErrorBody,
  FileId,
  Message,
  MessageId,
  UserId,
} from '@natter/protocol';
import type { Me } from '../contract.ts';

export interface Account {
  /** The server, as `https://chat.example`. */
  origin: string;
  /** Who it is, as the token says it (`sub`), else the user id. */
  person: string;
}

export interface Persistence {
  /** Opens what is kept for this person; empty the first time. Rejects where nothing can be kept. */
  open(account: Account): Promise<Kept>;
}

/** Where this device has got to: what `hello` says to be told what changed. */
export interface KeptPosition {
  since: string;
  epoch: string;
}

export interface KeptEntry {
  entry: ConversationEntry;
  /** My cursors as the server is known to have them: behind those of `entry` while a move is not said yet. */
  said: { deliveredSeq: number; readSeq: number };
}

/** One moment of one tab: every conversation that changed before `position` is here as it then was, or is in no page that was loaded. */
export interface KeptList {
  position: KeptPosition;
  me: Me;
  /** Where the next page of older conversations begins; null after the last. */
  next: string | null;
  entries: KeptEntry[];
}

export interface KeptCursor {
  name: string;
  picture: FileId | null;
  deliveredSeq: number;
  readSeq: number;
}

/** The newest run of a conversation, without holes, as of `version`. */
export interface KeptTimeline {
  conversationId: ConversationId;
  epoch: string;
  version: number;
  rows: Message[];
  hasBefore: boolean;
  /** How far the others have got; `complete`: everybody is here. */
  cursors: [UserId, KeptCursor][];
  complete: boolean;
}

export interface CacheChange {
  /** What changed of the list; `replace`: whatever else is kept of it goes. */
  list?: {
    /** Which tab writes it. Its changes fit only what it wrote itself before, or a `replace` of its own. */
    keeper: string;
    position: KeptPosition;
    me: Me;
    next: string | null;
    entries: readonly KeptEntry[];
    replace: boolean;
  };
  /** One whose version is lower than that of the kept one, in the same epoch, is passed over. */
  timelines?: readonly KeptTimeline[];
  /** No longer mine: entry and timeline go. */
  removed?: readonly ConversationId[];
}

export interface KeptFile {
  localId: string;
  name: string;
  mediaType: string;
  bytes: number;
  /** How far the server has got with it: tus' URL; null before. */
  url: string | null;
  fileId: FileId | null;
}

/** Something written here that the server has not acknowledged. */
export interface KeptItem {
  /** Made once, by the tab that wrote it. */
  key: string;
  kind: 'send' | 'edit' | 'delete';
  conversationId: ConversationId;
  messageId: MessageId;
  /** The text sent, or the new text of an edit; '' for a deletion. */
  content: string;
  files: readonly KeptFile[];
  /** Unix ms by this device's clock: for the eye alone. */
  createdAt: number;
  /** It may have been sent before: then its text can no longer change under its id. */
  tried: boolean;
  /** Why it was refused; null while it waits. */
  error: ErrorBody | null;
}

/** What tabs of one person tell one another; never to the tab that says it. */
export type TabMessage =
  /** These items were written, changed or removed: read them again. */
  | { type: 'outbox'; keys: readonly string[] }
  /** The server has it, and it is no longer in the outbox. */
  | { type: 'acknowledged'; key: string; message: Message }
  /** I have read up to here. */
  | { type: 'read'; conversationId: ConversationId; seq: number }
  /** Signed out: everything is gone. */
  | { type: 'wiped' };

/** What is kept of one person, as one tab has it open. After `close` or a `wipe`, anywhere, every call rejects. */
export interface Kept {
  readList(): Promise<KeptList | null>;
  readTimeline(id: ConversationId): Promise<KeptTimeline | null>;
  /** All of it or nothing. False, and nothing: it changes a list that another keeper has replaced meanwhile. */
  saveCache(change: CacheChange): Promise<boolean>;
  /** Another database, or a list that no longer fits: the cache goes, the outbox stays. */
  clearCache(): Promise<void>;

  /** In the order in which they were first written, over all tabs. */
  readItems(): Promise<KeptItem[]>;
  /** Behind all others, with the bytes of its files; all of it or nothing. An item of this key gives up its place. */
  addItem(item: KeptItem, data: ReadonlyMap<string, Blob>): Promise<void>;
  /** In its place. An item that is gone stays gone; false then. */
  updateItem(item: KeptItem): Promise<boolean>;
  /** Its files' bytes go too. */
  removeItem(key: string): Promise<void>;
  readFile(localId: string): Promise<Blob | null>;

  /**
   * Runs `work` when no other tab holds `name`, first come first served, and resolves after it. A tab that gives no
   * sign of life (frozen by the browser) is passed by after a while where `mayPassBy` is set: its `signal` is aborted,
   * and it must stop when it wakes. Aborting `wait` ends the waiting; `work` is then not run.
   */
  hold(
    name: string,
    options: { mayPassBy: boolean; wait?: AbortSignal },
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  post(message: TabMessage): void;
  subscribe(listener: (message: TabMessage) => void): () => void;

  /** Everything of this person, for all tabs: told as `wiped` to the others. */
  wipe(): Promise<void>;
  /** Twice is harmless. */
  close(): void;
}
