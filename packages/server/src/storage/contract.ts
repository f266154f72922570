/**
 * Owns what the server asks of a database. Every command is one transaction: checking who may, numbering and
 * saving happen together or not at all, and a command resolves only after its commit is durable. `seq` and
 * `version` are taken under the conversation's row lock; a refusal leaves no hole.
 */
import type {
  Attachment,
  Conversation,
  ConversationEntry,
  ConversationId,
  DurableEvent,
  FileId,
  GetChangesResult,
  GetMessagesResult,
  Head,
  Member,
  Message,
  MessageId,
  Role,
  User,
  UserId,
} from '@natter/protocol';

/** Why a command changed nothing. The rooms turn it into an error of the catalogue. */
export type Refusal =
  | 'notMember'
  | 'forbidden'
  | 'notFound'
  | 'systemLine'
  | 'conflict'
  | 'unknownUser'
  | 'noSuchMember'
  | 'badFile'
  | 'noImage'
  | 'tooManyMembers';

export type Refused = { outcome: 'refused'; reason: Refusal };

/** The durable events a command caused, in order of version; empty when it changed nothing. */
export interface Caused {
  events: DurableEvent[];
}

export interface CreateConversation {
  id: ConversationId;
  kind: 'direct' | 'group';
  creatorId: UserId;
  /** For `direct`: exactly one other. People who do not exist are refused (`unknownUser`). */
  userIds: readonly UserId[];
  name: string | null;
}
/** `existing`: this id by this creator, or the pair's direct conversation under another id. An id somebody else used: `conflict`. */
export type CreateConversationOutcome =
  | ({ outcome: 'created'; conversationId: ConversationId } & Caused)
  | { outcome: 'existing'; conversationId: ConversationId }
  | Refused;

/** `changed`: whether this command changed anything that others see. */
export type ProfileOutcome = { outcome: 'done'; user: User; changed: boolean } | Refused;

/** A change of a group also causes its system line, but for coming and going in a large one (SYSTEM). */
export type ConversationOutcome =
  | ({ outcome: 'done'; conversation: Conversation } & Caused)
  | Refused;
export type MembersOutcome =
  | ({ outcome: 'done'; conversation: Conversation; members: Member[] } & Caused)
  | Refused;

export interface AppendMessage {
  id: MessageId;
  conversationId: ConversationId;
  senderId: UserId;
  content: string;
  fileIds: readonly FileId[];
}
/** Also moves the sender's cursors to the new `seq`. A repeat (same id, sender and body) gives the first numbers again, even after an edit or deletion. */
export type AppendMessageOutcome =
  | ({ outcome: 'accepted'; message: Message } & Caused)
  | { outcome: 'duplicate'; seq: number; version: number; createdAt: number; message: Message }
  | Refused;

/** No event when nothing changed: the same content again, or deleted before. */
export type ChangeMessageOutcome = ({ outcome: 'done'; message: Message } & Caused) | Refused;

export interface CursorMove {
  conversationId: ConversationId;
  userId: UserId;
  readSeq?: number;
  deliveredSeq?: number;
}
/** Cursors as they now stand; null for somebody who is no member. `readMoved`, `deliveredMoved`: whether this command moved them. `cursorVersion`: the conversation's after the moves (HEADS7); 0 where it does not count them. */
export type CursorOutcome = {
  deliveredSeq: number;
  readSeq: number;
  unreadCount: number;
  readMoved: boolean;
  deliveredMoved: boolean;
  cursorVersion: number;
} | null;

export interface StoredFile extends Attachment {
  ownerId: UserId;
  /** Null until it is sent, or is the picture of a group. */
  conversationId: ConversationId | null;
  /** What it is the picture of, or was: its owner, or the conversation. */
  picture: 'user' | 'group' | null;
  createdAt: number;
}

export interface Membership {
  conversationId: ConversationId;
  kind: 'direct' | 'group';
  role: Role;
  memberCount: number;
  /** The conversation's, at the moment of reading: events up to it are part of what was read. */
  version: number;
  cursorVersion: number;
}

/** Who finds whom: everyone everybody, or only people who share a conversation that is not large. */
export type Directory = 'everyone' | 'shared';

/** What somebody who comes back is told first. */
export interface Snapshot {
  /** Null for somebody who does not exist. */
  user: User | null;
  heads: Head[];
}

export interface ConversationVersion {
  conversationId: ConversationId;
  version: number;
  cursorVersion: number;
}

export interface MembershipChange {
  userId: UserId;
  conversationId: ConversationId;
  /** The conversation's, when the membership last began or ended. */
  version: number;
  isMember: boolean;
}

/** What is taken back: all tokens of a person that were issued until now, or the one with this id, for good. */
export type Revocation = { userId: UserId } | { tokenId: string };

export interface StoredRevocation {
  what: Revocation;
  /** Unix ms by the database's clock; the newest where it was revoked more than once. */
  at: number;
}

export interface Storage {
  /** Identity of the database. */
  readonly epoch: string;

  // Commands: durable when they resolve.

  /** Adds the person, or updates the name; with `keepChosen` not one that they chose themselves. Never touches `lastSeenAt`. */
  saveUser(user: { id: UserId; name: string; keepChosen?: boolean }): Promise<User>;
  /** A name set here counts as chosen by the person. What was the picture before goes. Somebody who does not exist: `unknownUser`. */
  updateProfile(command: {
    userId: UserId;
    name?: string | undefined;
    /** An image of theirs that is not sent and no other's picture; null: none. */
    picture?: FileId | null | undefined;
  }): Promise<ProfileOutcome>;
  setLastSeen(userId: UserId, at: number): Promise<void>;
  createConversation(command: CreateConversation): Promise<CreateConversationOutcome>;
  updateConversation(command: {
    conversationId: ConversationId;
    actorId: UserId;
    name?: string | undefined;
    /** An image of the actor's that is not sent and no other picture; null: none. */
    picture?: FileId | null | undefined;
  }): Promise<ConversationOutcome>;
  addMembers(command: {
    conversationId: ConversationId;
    actorId: UserId;
    userIds: readonly UserId[];
    role: Role | null;
    /** Adds nobody: one who is not in it is refused (`noSuchMember`). */
    membersOnly?: boolean | undefined;
  }): Promise<MembersOutcome>;
  removeMember(command: {
    conversationId: ConversationId;
    actorId: UserId;
    userId: UserId;
  }): Promise<ConversationOutcome>;
  appendMessage(command: AppendMessage): Promise<AppendMessageOutcome>;
  editMessage(command: {
    conversationId: ConversationId;
    messageId: MessageId;
    actorId: UserId;
    content: string;
  }): Promise<ChangeMessageOutcome>;
  deleteMessage(command: {
    conversationId: ConversationId;
    messageId: MessageId;
    actorId: UserId;
  }): Promise<ChangeMessageOutcome>;
  /** One transaction for all; outcomes in the order of the moves. A `seq` beyond the newest counts as the newest. */
  moveCursors(moves: readonly CursorMove[]): Promise<CursorOutcome[]>;
  /** Records a finished, checked upload. */
  saveFile(file: Attachment & { ownerId: UserId }): Promise<void>;
  /** Forgets files that nobody sent or shows as a picture, or whose message was deleted or picture replaced, before `olderThan` (Unix ms), and says which, so that their bytes can go; at most 1,000. */
  deleteUnsentFiles(olderThan: number): Promise<FileId[]>;
  saveRevocation(what: Revocation): Promise<void>;

  // Reads: each sees one moment.

  /** Unix milliseconds by the database's clock, minus the overlap that `since` needs, and never after what the newest change is stamped with: what a later `listHeads` takes. */
  resumePoint(): Promise<number>;
  getMembership(conversationId: ConversationId, userId: UserId): Promise<Membership | null>;
  /** Every conversation of the user: what delivery follows. */
  listMemberships(userId: UserId): Promise<Membership[]>;
  /** Heads of the user's conversations (left ones too) that changed, or in which counted cursors moved, at or after `since`, newest first, at most `limit` (1 to 1,000). */
  listHeads(userId: UserId, since: number, limit: number): Promise<Head[]>;
  /** Who the user is, and those heads. */
  getSnapshot(userId: UserId, since: number, limit: number): Promise<Snapshot>;
  /** Where these conversations stand (at most 1,000), in any order; those that do not exist are passed over. */
  listVersions(ids: readonly ConversationId[]): Promise<ConversationVersion[]>;
  /** Memberships of these people (at most 1,000) of whom something changed at or after `since`; at most `limit`, in any order. */
  listMembershipChanges(
    userIds: readonly UserId[],
    since: number,
    limit: number,
  ): Promise<MembershipChange[]>;
  listConversations(
    userId: UserId,
    page: { after: string | null; limit: number },
  ): Promise<{ entries: ConversationEntry[]; next: string | null }>;
  /** Those of the ids that the user is a member of, in the order of the ids. */
  getConversations(userId: UserId, ids: readonly ConversationId[]): Promise<ConversationEntry[]>;
  listMembers(
    conversationId: ConversationId,
    page: { after: UserId | null; limit: number },
  ): Promise<{ members: Member[]; next: UserId | null }>;
  /** Null for somebody who is no member. */
  getMessages(
    userId: UserId,
    page: {
      conversationId: ConversationId;
      before?: number;
      after?: number;
      around?: number;
      limit: number;
    },
  ): Promise<GetMessagesResult | null>;
  /** Null for somebody who is no member. */
  getChanges(
    userId: UserId,
    conversationId: ConversationId,
    from: number,
  ): Promise<GetChangesResult | null>;
  getUsers(ids: readonly UserId[]): Promise<User[]>;
  searchUsers(page: {
    query: string;
    after: string | null;
    limit: number;
    /** Only this person, and those who share a conversation with them that is not large. Left out: everybody. */
    foundBy?: UserId;
  }): Promise<{ users: User[]; next: string | null }>;
  /** Those of `others` who share a conversation with the user that is not large (LARGE2). */
  whoSharesConversation(userId: UserId, others: readonly UserId[]): Promise<UserId[]>;
  getFile(fileId: FileId): Promise<StoredFile | null>;
  /**
   * The file, if the user may read it now: its owner while unsent; members of the conversation it was sent to, while its
   * message stands, or whose picture it is; somebody's picture: whoever finds that person in the directory.
   */
  getReadableFile(fileId: FileId, userId: UserId, directory: Directory): Promise<StoredFile | null>;
  /** Those at or after `since` (Unix ms), oldest first, at most `limit`. One that commits late may come with a time that has passed. */
  listRevocations(since: number, limit: number): Promise<StoredRevocation[]>;

  /** Finishes what waits, then closes. Twice is harmless. */
  close(): Promise<void>;
}

/** Called when a commit of so many writes begins; what it returns is called once it has ended, well or not. */
export type OnCommit = (writes: number) => () => void;

/** A database newer than this program, or one that cannot be opened. The message names the setting or file at fault. */
export class StorageError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StorageError';
  }
}
