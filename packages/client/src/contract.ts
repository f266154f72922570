/**
 * Owns the shape of the SDK that applications see: stores with `getSnapshot` and `subscribe`, and commands.
 * Snapshots are immutable, and keep their identity while nothing changed.
 */
import type {
  Attachment,
  ConversationEntry,
  ConversationId,
  ErrorBody,
  FileId,
  Member,
  Message,
  MessageId,
  Presence,
  Role,
  ServerEvent,
  SystemLine,
  User,
  UserId,
} from '@natter/protocol';

/** A value that changes. Made for `useSyncExternalStore`, and as plain to use without React. */
export interface Store<Snapshot> {
  getSnapshot(): Snapshot;
  /** Calls `listener` after each change, once a batch. Returns its undo; undoing twice is harmless. */
  subscribe(listener: () => void): () => void;
}

export type ConnectionSnapshot =
  | {
      status: 'disconnected';
      reason: 'notStarted' | 'stopped' | 'signedOut' | 'refused' | 'gaveUp';
      /** Of `signedOut`: why the server did not take the last token; null when nobody was signed in. */
      error: ErrorBody | null;
    }
  | { status: 'connecting' }
  /** The server has answered `hello`. `synced`: what was missed has been fetched too. */
  | { status: 'connected'; synced: boolean }
  /** `retryAt`: Unix ms of the next try; null while one is under way. `online`: false when the device itself has no network. */
  | { status: 'reconnecting'; attempt: number; retryAt: number | null; online: boolean };

export interface Connection extends Store<ConnectionSnapshot> {
  connect(): void;
  /** Tries at once, and counts the attempts afresh. */
  reconnect(): void;
  disconnect(): void;
}

/**
 * Every event that arrives, in order, none skipped. What happened while this device was not connected does not arrive
 * one by one: the stores have it once `connection` is `synced`.
 */
export interface Events {
  subscribe(listener: (event: ServerEvent) => void): () => void;
  /** The newest one, for a late listener; null before the first. */
  latest(): ServerEvent | null;
  /** Each iterator gets every event from its start on; one that lags by more than 1,000 ends with an error. */
  [Symbol.asyncIterator](): AsyncIterator<ServerEvent>;
}

/** `failed` carries why; `resend` or `discard` it. The rest is derived from the others' cursors. */
export type MessageStatus = 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** What a local attachment shows until the server has it. `previewUrl` is an object URL or null. */
export interface PendingAttachment {
  localId: string;
  kind: 'image' | 'file';
  name: string;
  mediaType: string;
  bytes: number;
  previewUrl: string | null;
  /** 0 to 1. */
  progress: number;
}

export interface TimelineMessage {
  id: MessageId;
  conversationId: ConversationId;
  /** Null until acknowledged. */
  seq: number | null;
  senderId: UserId;
  senderName: string;
  isMine: boolean;
  type: Message['type'];
  /** Of a system line (`type: 'system'`): what the sender changed in the group. Null for what somebody wrote. */
  system: SystemLine | null;
  content: string;
  attachments: readonly Attachment[];
  /** Attachments of a message not yet acknowledged. */
  pending: readonly PendingAttachment[];
  createdAt: number;
  editedAt: number | null;
  deletedAt: number | null;
  /** Mine: how far it has got. Others': always `sent`. */
  status: MessageStatus;
  /** Why it failed, or why the last edit or deletion of it was refused; null otherwise. */
  error: ErrorBody | null;
}

export interface MessagesSnapshot {
  /** Oldest first: one contiguous run of history, then (at the newest end) what is being sent. */
  messages: readonly TimelineMessage[];
  /** `loading` before the first page; `error` when the first page could not be fetched (`load` tries again). */
  state: 'idle' | 'loading' | 'ready' | 'error';
  error: ErrorBody | null;
  hasBefore: boolean;
  hasAfter: boolean;
  loadingBefore: boolean;
  loadingAfter: boolean;
  /** Why the last paging failed; null after one that worked. */
  pagingError: ErrorBody | null;
}

export interface OutgoingFile {
  /** A `Blob` or `File`. */
  data: Blob;
  name: string;
}

export interface Messages extends Store<MessagesSnapshot> {
  /** The newest page. Happens by itself on the first `subscribe`. */
  load(): Promise<void>;
  loadBefore(): Promise<void>;
  loadAfter(): Promise<void>;
  /** Replaces the window by the neighbours of `seq`. */
  loadAround(seq: number): Promise<void>;
  /**
   * Shows it at once as `sending`; returns its id. Never rejects: a refusal shows as `failed`. Moves my read cursor to it.
   * `id`: a UUIDv7 of yours, for what must not be sent twice even by another process; the same id with another content
   * is refused as `conflict`. Left out: a new one.
   */
  send(message: {
    id?: MessageId | undefined;
    content?: string | undefined;
    files?: readonly OutgoingFile[] | undefined;
  }): MessageId;
  resend(id: MessageId): void;
  /** Forgets one that failed. */
  discard(id: MessageId): void;
  /**
   * Shows the change at once and keeps it until the server has it, over page loads where the device keeps anything;
   * takes it back, with `error`, when refused. Resolves when it is shown and kept. Rejects with `NatterError` for a
   * system line, which nobody can change; so does `delete`.
   */
  edit(id: MessageId, content: string): Promise<void>;
  delete(id: MessageId): Promise<void>;
  /** I have seen up to the newest message, or to `seq`. Gathered; harmless to call often. */
  markAsRead(seq?: number): void;
}

export interface ConversationItem extends ConversationEntry {
  /** The name to show: the group's, or the other person's. */
  title: string;
  /** The newest message as it should be previewed, those being sent included. */
  preview: TimelineMessage | null;
}

export interface ConversationsSnapshot {
  /** Most recently active first. */
  items: readonly ConversationItem[];
  state: 'idle' | 'loading' | 'ready' | 'error';
  error: ErrorBody | null;
  hasMore: boolean;
  loadingMore: boolean;
  /** Sum over the loaded ones. */
  unreadCount: number;
}

/** Who I am. */
export interface Me {
  userId: UserId;
  name: string;
  picture: FileId | null;
  /** Whether `updateProfile` may change the name; if not, it comes from where I signed in. */
  nameEditable: boolean;
}

/** How much of a picture the server has, 0 to 1. */
export type OnProgress = (progress: number) => void;

export interface Conversations extends Store<ConversationsSnapshot> {
  load(): Promise<void>;
  loadMore(): Promise<void>;
  get(id: ConversationId): ConversationItem | null;
  createDirect(userId: UserId): Promise<ConversationId>;
  createGroup(group: { name: string; userIds: readonly UserId[] }): Promise<ConversationId>;
  /** Name and picture of a group; what is left out stays. `picture`: an image, uploaded on the way; null for none. */
  update(
    id: ConversationId,
    details: { name?: string; picture?: Blob | null },
    onProgress?: OnProgress,
  ): Promise<void>;
  rename(id: ConversationId, name: string): Promise<void>;
  /** Of somebody who is in it; everybody else's role stays. Rejects with `notFound` when they have left. */
  setRole(id: ConversationId, userId: UserId, role: Role): Promise<void>;
  addMembers(id: ConversationId, userIds: readonly UserId[], role?: Role): Promise<void>;
  removeMember(id: ConversationId, userId: UserId): Promise<void>;
  leave(id: ConversationId): Promise<void>;
  /** A page of members; `next` is the `after` of the following one. */
  getMembers(
    id: ConversationId,
    page?: { after?: UserId; limit?: number },
  ): Promise<{ members: Member[]; next: UserId | null }>;
}

/** Who is typing now, without me, by user id, longest typing first. */
export type TypingSnapshot = readonly { userId: UserId; name: string }[];
export interface Typing extends Store<TypingSnapshot> {
  /** Call at every keystroke; throttled. */
  started(): void;
  stopped(): void;
}

/** By user id; only of those someone watches. */
export type PresenceSnapshot = ReadonlyMap<UserId, Presence>;
export interface PresenceStore extends Store<PresenceSnapshot> {
  /** Asks for these people until undone; counted. */
  watch(userIds: readonly UserId[]): () => void;
}

/** How far the others have got, and how they show, by user id. */
export type ReceiptsSnapshot = ReadonlyMap<
  UserId,
  { name: string; picture: FileId | null; deliveredSeq: number; readSeq: number }
>;
export type Receipts = Store<ReceiptsSnapshot>;

export interface UploadSnapshot {
  localId: string;
  state: 'waiting' | 'uploading' | 'done' | 'failed' | 'cancelled';
  /** 0 to 1. */
  progress: number;
  fileId: FileId | null;
  error: ErrorBody | null;
}
export interface Uploads extends Store<readonly UploadSnapshot[]> {
  /** Stops an upload; its message becomes `failed` and can be resent. */
  cancel(localId: string): void;
  /** The bytes of a file of a message, or of a picture, fetched with the token; kept for the last 100 asked for. Rejects with `NatterError`. */
  fetchFile(
    fileId: FileId,
    variant?: 'original' | 'thumbnail',
    /** How many bytes have come; not called when they are here already, or on their way for somebody else. */
    onProgress?: (bytes: number) => void,
  ): Promise<Blob>;
}

/** Calls for people; no store, since changes of all of them are not told. */
export interface Users {
  search(
    query: string,
    page?: { after?: string; limit?: number },
  ): Promise<{ users: User[]; next: string | null }>;
  get(ids: readonly UserId[]): Promise<User[]>;
}

export interface PersistenceSnapshot {
  /** `kept`: history and what is not yet sent survive a reload. `memory`: they last as long as this page. */
  state: 'opening' | 'kept' | 'memory';
  /** Why nothing can be kept, to be told to people; null when all is well or nothing was to be kept. */
  error: ErrorBody | null;
}

export interface ChatClient {
  /** Who I am, as this device keeps it or the server has said; null until either is known. */
  readonly me: Store<Me | null>;
  readonly connection: Connection;
  readonly events: Events;
  readonly conversations: Conversations;
  readonly presence: PresenceStore;
  readonly uploads: Uploads;
  readonly users: Users;
  /** Is what is shown and written here kept on this device? */
  readonly persistence: Store<PersistenceSnapshot>;
  /** The same object for the same id while anyone subscribes to it. */
  messages(id: ConversationId): Messages;
  typing(id: ConversationId): Typing;
  receipts(id: ConversationId): Receipts;
  /**
   * Changes my name, my picture or both. `picture`: an image, which is uploaded first; null for none. Shown when it
   * resolves. Rejects with `NatterError`: `forbidden` for a name that is not mine to change, `unsupportedFile` for
   * what is no image.
   */
  updateProfile(
    profile: { name?: string; picture?: Blob | null },
    onProgress?: OnProgress,
  ): Promise<void>;
  /**
   * Ends the connection and wipes all that this device keeps of this person, unsent messages too, in every tab; the
   * others end as `signedOut`. Dispose the client then. Rejects with `NatterError` when the device could not wipe it.
   */
  signOut(): Promise<void>;
  /** Closes the socket and forgets everything in memory; what the device keeps stays. Twice is harmless. */
  dispose(): void;
}
