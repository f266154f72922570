/** Owns who is in a conversation and with which role. Each change of one person is one version. */
import {
  addAction,
  type ConversationId,
  type DurableEvent,
  limits,
  type Member,
  may,
  type Role,
  removeAction,
  type UserId,
} from '@natter/protocol';
import type { ConversationOutcome, MembersOutcome, Refusal } from '../../contract.ts';
import { toConversation, toMember } from '../../rows.ts';
import type { KeyedRow } from '../keyed.ts';
import { countMoves } from './cursors.ts';
import { writeLine, writePeopleLine } from './systemLines.ts';
import {
  findMember,
  findStanding,
  nextVersion,
  readMember,
  refused,
  type Standing,
  type Transaction,
} from './transaction.ts';

type MemberJoined = Extract<DurableEvent, { type: 'memberJoined' }>;

export function addMembers(
  tx: Transaction,
  command: {
    conversationId: ConversationId;
    actorId: UserId;
    userIds: readonly UserId[];
    role: Role | null;
    membersOnly?: boolean | undefined;
  },
): MembersOutcome {
  const standing = findStanding(tx, command.conversationId, command.actorId);
  if (standing === undefined) return refused('notMember');
  if (!may(standing.kind, standing.role, addAction(command.role ?? 'member'))) {
    return refused('forbidden');
  }
  const userIds = [...new Set(command.userIds)];
  const events: DurableEvent[] = [];
  const added: Member[] = [];
  const changed: Member[] = [];
  for (const userId of userIds) {
    const count = standing.member_count;
    const event = add(tx, standing, userId, command);
    if (typeof event === 'string') return refused(event);
    if (event === null) continue;
    events.push(event);
    (standing.member_count > count ? added : changed).push(event.data.member);
  }
  if (added.length > 0 && isTold(standing))
    events.push(writePeopleLine(tx, standing, command.actorId, { kind: 'added' }, added));
  if (changed.length > 0 && command.role !== null) {
    const what = { kind: 'roleChanged', role: command.role } as const;
    events.push(writePeopleLine(tx, standing, command.actorId, what, changed));
  }
  return {
    outcome: 'done',
    conversation: toConversation(standing),
    members: userIds.map((userId) => readMember(tx, standing.key, userId)),
    events,
  };
}

/** Coming and going is a line where it is not most of what happens. */
function isTold(conversation: KeyedRow): boolean {
  return conversation.member_count <= limits.largeConversationMembers;
}

/** Null when nothing is to change. */
function add(
  tx: Transaction,
  standing: Standing,
  userId: UserId,
  { role, membersOnly = false }: { role: Role | null; membersOnly?: boolean | undefined },
): MemberJoined | null | Refusal {
  const member = findMember(tx, standing.key, userId);
  if (member === undefined || member.left_at !== null) {
    if (membersOnly) return 'noSuchMember';
    if (!tx.db.get('SELECT 1 FROM users WHERE id = ?', userId)) return 'unknownUser';
    if (standing.member_count >= tx.membersMax) return 'tooManyMembers';
    return joinMember(tx, standing, userId, role ?? 'member');
  }
  if (role === null || role === member.role) return null;
  if (!may(standing.kind, standing.role, removeAction(member.role))) return 'forbidden';
  // A group has an owner while it has anybody.
  if (member.role === 'owner' && !hasOtherOwner(tx, standing.key, userId)) return 'forbidden';
  return changeRole(tx, standing, userId, role);
}

/** With the newest message as read and delivered, also for somebody who was here before. */
export function joinMember(
  tx: Transaction,
  conversation: KeyedRow,
  userId: UserId,
  role: Role,
): MemberJoined {
  changeCount(tx, conversation, 1);
  const version = nextVersion(tx, conversation);
  tx.db.run(
    `INSERT INTO members
       (conversation, user_id, role, joined_at, delivered_seq, read_seq, version, changed_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
     ON CONFLICT (conversation, user_id) DO UPDATE SET role = ?3, joined_at = ?4, delivered_seq = ?5,
       read_seq = ?5, version = ?6, changed_at = max(changed_at, ?7), left_at = NULL, left_seq = NULL`,
    conversation.key,
    userId,
    role,
    tx.now,
    conversation.last_seq,
    version,
    tx.changedAt,
  );
  return joined(tx, conversation, userId, version);
}

function changeRole(
  tx: Transaction,
  conversation: KeyedRow,
  userId: UserId,
  role: Role,
): MemberJoined {
  const version = nextVersion(tx, conversation);
  tx.db.run(
    `UPDATE members SET role = ?, version = ?, changed_at = max(changed_at, ?)
     WHERE conversation = ? AND user_id = ?`,
    role,
    version,
    tx.changedAt,
    conversation.key,
    userId,
  );
  return joined(tx, conversation, userId, version);
}

export function removeMember(
  tx: Transaction,
  command: { conversationId: ConversationId; actorId: UserId; userId: UserId },
): ConversationOutcome {
  const standing = findStanding(tx, command.conversationId, command.actorId);
  if (standing === undefined) return refused('notMember');
  const leaving = command.userId === command.actorId;
  if (!may(standing.kind, standing.role, leaving ? 'leave' : 'removeMember')) {
    return refused('forbidden');
  }
  const member = findMember(tx, standing.key, command.userId);
  // Taken out before: a repeat whose first answer was lost.
  if (member === undefined || member.left_at !== null) {
    return { outcome: 'done', conversation: toConversation(standing), events: [] };
  }
  if (!leaving && !may(standing.kind, standing.role, removeAction(member.role))) {
    return refused('forbidden');
  }
  const events: DurableEvent[] = [leave(tx, standing, command.userId)];
  if (member.role === 'owner' && !hasOtherOwner(tx, standing.key, command.userId)) {
    const heir = findHeir(tx, standing.key);
    if (heir !== null) events.push(changeRole(tx, standing, heir, 'owner'));
  }
  if (isTold(standing)) {
    events.push(
      leaving
        ? writeLine(tx, standing, command.actorId, { kind: 'left' })
        : writePeopleLine(tx, standing, command.actorId, { kind: 'removed' }, [toMember(member)]),
    );
  }
  return { outcome: 'done', conversation: toConversation(standing), events };
}

function leave(tx: Transaction, conversation: KeyedRow, userId: UserId): DurableEvent {
  changeCount(tx, conversation, -1);
  const version = nextVersion(tx, conversation);
  tx.db.run(
    `UPDATE members SET left_at = ?1, left_seq = ?2, version = ?3, changed_at = max(changed_at, ?6)
     WHERE conversation = ?4 AND user_id = ?5`,
    tx.now,
    conversation.last_seq,
    version,
    conversation.key,
    userId,
    tx.changedAt,
  );
  return {
    type: 'memberLeft',
    conversationId: conversation.id as ConversationId,
    userId,
    version,
    data: { memberCount: conversation.member_count },
  };
}

function hasOtherOwner(tx: Transaction, conversation: number, userId: UserId): boolean {
  const other = tx.db.get(
    `SELECT 1 FROM members
     WHERE conversation = ? AND role = 'owner' AND left_at IS NULL AND user_id <> ? LIMIT 1`,
    conversation,
    userId,
  );
  return other !== undefined;
}

/** The longest-standing admin, else the longest-standing member. */
function findHeir(tx: Transaction, conversation: number): UserId | null {
  const row = tx.db.get<{ user_id: string }>(
    `SELECT user_id FROM members WHERE conversation = ? AND left_at IS NULL
     ORDER BY role <> 'admin', joined_at, user_id LIMIT 1`,
    conversation,
  );
  return row === undefined ? null : (row.user_id as UserId);
}

function changeCount(tx: Transaction, conversation: KeyedRow, by: number): void {
  conversation.member_count += by;
  tx.db.run(
    'UPDATE conversations SET member_count = ? WHERE key = ?',
    conversation.member_count,
    conversation.key,
  );
  // What moved while it was large was not counted: it counts as one move now.
  const isSmallAgain = by < 0 && conversation.member_count === limits.largeConversationMembers;
  if (isSmallAgain) countMoves(tx, conversation.key);
}

function joined(
  tx: Transaction,
  conversation: KeyedRow,
  userId: UserId,
  version: number,
): MemberJoined {
  return {
    type: 'memberJoined',
    conversationId: conversation.id as ConversationId,
    userId,
    version,
    data: {
      member: readMember(tx, conversation.key, userId),
      memberCount: conversation.member_count,
    },
  };
}
