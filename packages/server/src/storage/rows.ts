/** Owns how rows become what the wire shows, whichever database they are from. Column lists are beside the mapping they feed. */
import type {
  Attachment,
  Conversation,
  ConversationEntry,
  ConversationId,
  ConversationKind,
  FileId,
  Member,
  Message,
  MessageId,
  Role,
  SystemLine,
  User,
  UserId,
} from '@natter/protocol';
import type { Revocation, StoredFile, StoredRevocation } from './contract.ts';

export const userColumns = 'u.id, u.name, u.picture, u.last_seen_at';
export interface UserRow {
  id: string;
  name: string;
  picture: string | null;
  last_seen_at: number | null;
}
export function toUser(row: UserRow): User {
  return {
    id: row.id as UserId,
    name: row.name,
    picture: row.picture as FileId | null,
    lastSeenAt: row.last_seen_at,
  };
}

export const conversationColumns =
  'c.id, c.kind, c.name, c.picture, c.version, c.last_seq, c.member_count, c.created_at, c.active_at, c.cursor_version';
export interface ConversationRow {
  id: string;
  kind: ConversationKind;
  name: string | null;
  picture: string | null;
  version: number;
  last_seq: number;
  member_count: number;
  created_at: number;
  active_at: number;
  cursor_version: number;
}
export function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id as ConversationId,
    kind: row.kind,
    name: row.name,
    picture: row.picture as FileId | null,
    version: row.version,
    lastSeq: row.last_seq,
    memberCount: row.member_count,
    createdAt: row.created_at,
  };
}

/** From `members m JOIN users u`. */
export const memberColumns =
  'm.user_id, u.name, u.picture, m.role, m.delivered_seq, m.read_seq, m.joined_at, m.version';
export interface MemberRow {
  user_id: string;
  name: string;
  picture: string | null;
  role: Role;
  delivered_seq: number;
  read_seq: number;
  joined_at: number;
  version: number;
}
export function toMember(row: MemberRow): Member {
  return {
    userId: row.user_id as UserId,
    name: row.name,
    picture: row.picture as FileId | null,
    role: row.role,
    deliveredSeq: row.delivered_seq,
    readSeq: row.read_seq,
    joinedAt: row.joined_at,
  };
}

export const messageColumns =
  'seq, id, sender_id, version, created_at, edited_at, deleted_at, sender_name, attachments, system, content';
export interface MessageRow {
  seq: number;
  id: string;
  sender_id: string;
  version: number;
  created_at: number;
  edited_at: number | null;
  deleted_at: number | null;
  sender_name: string;
  attachments: string | null;
  system: string | null;
  content: string;
}
export function toMessage(conversationId: string, row: MessageRow): Message {
  const attachments: Attachment[] = row.attachments === null ? [] : JSON.parse(row.attachments);
  const system: SystemLine | null = row.system === null ? null : JSON.parse(row.system);
  return {
    id: row.id as MessageId,
    conversationId: conversationId as ConversationId,
    seq: row.seq,
    version: row.version,
    senderId: row.sender_id as UserId,
    senderName: row.sender_name,
    type: system === null ? messageType(attachments) : 'system',
    ...(system === null ? {} : { system }),
    content: row.content,
    attachments,
    createdAt: row.created_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
  };
}
export function messageType(attachments: readonly Attachment[]): Message['type'] {
  if (attachments.length === 0) return 'text';
  return attachments.every((attachment) => attachment.kind === 'image') ? 'image' : 'file';
}

const namesOf = (columns: string) =>
  columns.split(', ').map((column) => column.split('.').at(-1) ?? '');
const lastNames = namesOf(messageColumns).map((name) => `l_${name}`);
const peerNames = namesOf(memberColumns).map((name) => `p_${name}`);

/** From `messages l`, the last one, and in a direct conversation `members p JOIN users u`, the other person. */
export const besideColumns = [
  ...messageColumns.split(', ').map((column, at) => `l.${column} AS ${lastNames[at]}`),
  ...memberColumns
    .split(', ')
    .map((column, at) => `${column.replace('m.', 'p.')} AS ${peerNames[at]}`),
].join(', ');
type LastRow = { [Name in keyof MessageRow as `l_${Name}`]: MessageRow[Name] | null };
type PeerRow = { [Name in keyof MemberRow as `p_${Name}`]: MemberRow[Name] | null };
/** A conversation as one member sees it. */
export type EntryRow = ConversationRow &
  LastRow &
  PeerRow & { role: Role; delivered_seq: number; read_seq: number; unread: number };
export function toEntry(row: EntryRow): ConversationEntry {
  return {
    conversation: toConversation(row),
    role: row.role,
    deliveredSeq: row.delivered_seq,
    readSeq: row.read_seq,
    unreadCount: row.unread,
    lastMessage: row.l_seq === null ? null : toMessage(row.id, unprefixed(row, lastNames)),
    peer: row.p_user_id === null ? null : toMember(unprefixed(row, peerNames)),
    activeAt: row.active_at,
    cursorVersion: row.cursor_version,
  };
}
function unprefixed<Row>(row: object, names: readonly string[]): Row {
  const own: Record<string, unknown> = {};
  for (const name of names) own[name.slice(2)] = (row as Record<string, unknown>)[name];
  return own as Row;
}

/** Rows that the database gives as one value, an array of the values of each. */
export function rowsOf<Row>(columns: string, rows: readonly (readonly unknown[])[]): Row[] {
  const names = namesOf(columns);
  return rows.map((values) => {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < names.length; at++) row[names[at] as string] = values[at];
    return row as Row;
  });
}

/** From `files f`; the id of the conversation is joined in. */
export const fileColumns =
  'f.id, f.owner_id, f.kind, f.name, f.media_type, f.bytes, f.width, f.height, f.thumbhash, f.created_at, f.picture';
export interface FileRow {
  id: string;
  owner_id: string;
  kind: Attachment['kind'];
  name: string;
  media_type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
  created_at: number;
  picture: StoredFile['picture'];
}
export function toAttachment(row: FileRow): Attachment {
  return {
    fileId: row.id as FileId,
    kind: row.kind,
    name: row.name,
    mediaType: row.media_type,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    thumbhash: row.thumbhash,
  };
}
export function toStoredFile(row: FileRow & { conversation_id: string | null }): StoredFile {
  return {
    ...toAttachment(row),
    ownerId: row.owner_id as UserId,
    conversationId: row.conversation_id as ConversationId | null,
    picture: row.picture,
    createdAt: row.created_at,
  };
}

export interface RevocationRow {
  kind: 'user' | 'token';
  id: string;
  at: number;
}

export function toRevocation({ kind, id, at }: RevocationRow): StoredRevocation {
  return { what: kind === 'user' ? { userId: id as UserId } : { tokenId: id }, at };
}

export function toRevocationRow(what: Revocation): Omit<RevocationRow, 'at'> {
  return 'userId' in what ? { kind: 'user', id: what.userId } : { kind: 'token', id: what.tokenId };
}
