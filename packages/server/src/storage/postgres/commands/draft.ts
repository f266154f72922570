/**
 * Owns what a command is going to write to a conversation whose row it holds. It is decided and numbered here, in
 * memory, then saved in a few statements, however many rows and conversations they are.
 */
import type {
  ConversationId,
  DurableEvent,
  Member,
  Message,
  Role,
  SystemLine,
  UserId,
} from '@natter/protocol';
import { limits, systemNamesMax } from '@natter/protocol';
import { lineId } from '../../hashes.ts';
import { type ConversationRow, toMember } from '../../rows.ts';
import type { Session } from '../connection.ts';
import type { Stamp, WholeMemberRow } from './transaction.ts';

export interface NewMessage {
  message: Message;
  bodyHash: Uint8Array;
}

export interface Draft {
  conversation: ConversationRow;
  stamp: Stamp;
  /** By user id. */
  members: Map<string, WholeMemberRow>;
  messages: NewMessage[];
}

type MemberJoined = Extract<DurableEvent, { type: 'memberJoined' }>;
type Person = { user_id: string; name: string; picture: string | null };

export function createDraft(conversation: ConversationRow, stamp: Stamp): Draft {
  return { conversation, stamp, members: new Map(), messages: [] };
}

export function nextVersion({ conversation }: Draft): number {
  conversation.version += 1;
  return conversation.version;
}

/** With the newest message as read and delivered, also for somebody who was here before. */
export function joinMember(
  draft: Draft,
  person: Person & { changed_at?: number | null },
  role: Role,
): MemberJoined {
  const { conversation, stamp } = draft;
  changeCount(draft, 1);
  const row: WholeMemberRow = {
    user_id: person.user_id,
    name: person.name,
    picture: person.picture,
    role,
    joined_at: stamp.now,
    delivered_seq: conversation.last_seq,
    read_seq: conversation.last_seq,
    version: nextVersion(draft),
    changed_at: Math.max(person.changed_at ?? 0, stamp.changedAt),
    left_at: null,
    left_seq: null,
  };
  draft.members.set(row.user_id, row);
  return joined(draft, row);
}

export function changeRole(draft: Draft, member: WholeMemberRow, role: Role): MemberJoined {
  const row = { ...changed(draft, member), role };
  draft.members.set(row.user_id, row);
  return joined(draft, row);
}

export function leave(draft: Draft, member: WholeMemberRow): DurableEvent {
  const { conversation, stamp } = draft;
  changeCount(draft, -1);
  const row = {
    ...changed(draft, member),
    left_at: stamp.now,
    left_seq: conversation.last_seq,
  };
  draft.members.set(row.user_id, row);
  return {
    type: 'memberLeft',
    conversationId: conversation.id as ConversationId,
    userId: row.user_id as UserId,
    version: row.version,
    data: { memberCount: conversation.member_count },
  };
}

function changed(draft: Draft, member: WholeMemberRow): WholeMemberRow {
  const changedAt = Math.max(member.changed_at, draft.stamp.changedAt);
  return { ...member, version: nextVersion(draft), changed_at: changedAt };
}

function joined({ conversation }: Draft, row: WholeMemberRow): MemberJoined {
  return {
    type: 'memberJoined',
    conversationId: conversation.id as ConversationId,
    userId: row.user_id as UserId,
    version: row.version,
    data: { member: toMember(row), memberCount: conversation.member_count },
  };
}

function changeCount({ conversation }: Draft, by: number): void {
  conversation.member_count += by;
  // What moved while it was large was not counted: it counts as one move now.
  const isSmallAgain = by < 0 && conversation.member_count === limits.largeConversationMembers;
  if (isSmallAgain) conversation.cursor_version += 1;
}

type PeopleLine = { kind: 'added' } | { kind: 'removed' } | { kind: 'roleChanged'; role: Role };

/** After the rows of the change, so that it is the last of what the change causes. */
export function writePeopleLine(
  draft: Draft,
  actor: Person,
  line: PeopleLine,
  people: readonly Member[],
): DurableEvent {
  const users = people.slice(0, systemNamesMax).map(({ userId, name }) => ({ userId, name }));
  return writeLine(draft, actor, { ...line, users, count: people.length });
}

/** A message that nobody sent. It moves no cursor: who changed something has not read what others wrote. */
export function writeLine(draft: Draft, actor: Person, system: SystemLine): DurableEvent {
  const { conversation, stamp } = draft;
  const conversationId = conversation.id as ConversationId;
  const { seq, version } = nextSeq(draft);
  const message: Message = {
    id: lineId(conversationId, seq, stamp.now),
    conversationId,
    seq,
    version,
    senderId: actor.user_id as UserId,
    senderName: actor.name,
    type: 'system',
    system,
    content: '',
    attachments: [],
    createdAt: stamp.now,
    editedAt: null,
    deletedAt: null,
  };
  // No body is hashed to nothing: whoever sends under this id is in conflict.
  draft.messages.push({ message, bodyHash: new Uint8Array() });
  return { type: 'newMessage', conversationId, version, message };
}

export function nextSeq(draft: Draft): { seq: number; version: number } {
  const { conversation, stamp } = draft;
  conversation.last_seq += 1;
  conversation.active_at = stamp.now;
  return { seq: conversation.last_seq, version: nextVersion(draft) };
}

/** Sent and not waited for: the commit does. */
export function saveDrafts(session: Session, drafts: readonly Draft[]): void {
  saveConversations(session, drafts);
  saveMembers(session, drafts);
  saveMessages(session, drafts);
}

function saveConversations(session: Session, drafts: readonly Draft[]): void {
  const rows = drafts.map(({ conversation }) => conversation);
  void session.run(
    `UPDATE natter.conversations c SET version = new.version, cursor_version = new.cursor_version,
       last_seq = new.last_seq, member_count = new.member_count, active_at = new.active_at, name = new.name,
       picture = new.picture, changed_at = greatest(c.changed_at, new.changed_at)
     FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::integer[], $6::bigint[], $7::text[],
       $8::uuid[], $9::bigint[])
       AS new (id, version, cursor_version, last_seq, member_count, active_at, name, picture, changed_at)
     WHERE c.id = new.id`,
    rows.map((row) => row.id),
    rows.map((row) => row.version),
    rows.map((row) => row.cursor_version),
    rows.map((row) => row.last_seq),
    rows.map((row) => row.member_count),
    rows.map((row) => row.active_at),
    rows.map((row) => row.name),
    rows.map((row) => row.picture),
    drafts.map(({ stamp }) => stamp.changedAt),
  );
}

export function insertConversation(
  session: Session,
  { conversation: row, stamp }: Draft,
  made: { creatorId: UserId; pair: string | null },
): void {
  void session.run(
    `INSERT INTO natter.conversations (id, kind, version, last_seq, member_count, active_at, changed_at, created_at,
       creator_id, name, pair)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    row.id,
    row.kind,
    row.version,
    row.last_seq,
    row.member_count,
    row.active_at,
    stamp.changedAt,
    row.created_at,
    made.creatorId,
    row.name,
    made.pair,
  );
}

/** Whole rows: nobody else writes members of a conversation whose row is held. */
export function saveMembers(session: Session, drafts: readonly Draft[]): void {
  const rows = drafts.flatMap(({ conversation, members }) =>
    [...members.values()].map((member) => ({ id: conversation.id, ...member })),
  );
  if (rows.length === 0) return;
  void session.run(
    `INSERT INTO natter.members (conversation_id, user_id, role, joined_at, delivered_seq, read_seq, version,
       changed_at, left_at, left_seq)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[],
       $8::bigint[], $9::bigint[], $10::bigint[])
     ON CONFLICT (conversation_id, user_id) DO UPDATE SET role = excluded.role, joined_at = excluded.joined_at,
       delivered_seq = excluded.delivered_seq, read_seq = excluded.read_seq, version = excluded.version,
       changed_at = excluded.changed_at, left_at = excluded.left_at, left_seq = excluded.left_seq`,
    rows.map((row) => row.id),
    rows.map((row) => row.user_id),
    rows.map((row) => row.role),
    rows.map((row) => row.joined_at),
    rows.map((row) => row.delivered_seq),
    rows.map((row) => row.read_seq),
    rows.map((row) => row.version),
    rows.map((row) => row.changed_at),
    rows.map((row) => row.left_at),
    rows.map((row) => row.left_seq),
  );
}

function saveMessages(session: Session, drafts: readonly Draft[]): void {
  const rows = drafts.flatMap(({ messages }) => messages);
  if (rows.length === 0) return;
  void session.run(
    `INSERT INTO natter.messages (conversation_id, seq, id, sender_id, version, created_at, created_version, body_hash,
       sender_name, attachments, system, content)
     SELECT conversation_id, seq, id, sender_id, version, created_at, version, body_hash, sender_name, attachments,
       system, content
     FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[], $7::bytea[],
       $8::text[], $9::text[], $10::text[], $11::text[])
       AS new (conversation_id, seq, id, sender_id, version, created_at, body_hash, sender_name, attachments, system,
         content)`,
    rows.map(({ message }) => message.conversationId),
    rows.map(({ message }) => message.seq),
    rows.map(({ message }) => message.id),
    rows.map(({ message }) => message.senderId),
    rows.map(({ message }) => message.version),
    rows.map(({ message }) => message.createdAt),
    rows.map(({ bodyHash }) => bodyHash),
    rows.map(({ message }) => message.senderName),
    rows.map(({ message }) =>
      message.attachments.length === 0 ? null : JSON.stringify(message.attachments),
    ),
    rows.map(({ message }) =>
      message.system === undefined ? null : JSON.stringify(message.system),
    ),
    rows.map(({ message }) => message.content),
  );
}
