/**
 * Owns what a command begins with: the rows it locks, its time, and who the actor is there. Locks are taken in one
 * order by everybody: conversations by id, then people, then files by id.
 */
import type { ConversationId, Role, UserId } from '@natter/protocol';
import type { Refusal, Refused } from '../../contract.ts';
import { type ConversationRow, conversationColumns, type MemberRow } from '../../rows.ts';
import type { Session } from '../connection.ts';
import { readTime } from '../reads/standing.ts';

export interface Stamp {
  /** Unix ms by the database's clock, read under the locks. */
  now: number;
  /** The same, but never before what was stamped already: a clock that is set back hides no change (HEADS3). */
  changedAt: number;
}

export interface World {
  session: Session;
  membersMax: number;
}

/** Nothing of it is written: what is drafted is thrown away. */
export function refused(reason: Refusal): Refused {
  return { outcome: 'refused', reason };
}

/** Statements sent after this one see what the last holder of the lock has committed. */
export function lockConversations(session: Session, ids: readonly ConversationId[]): void {
  void session.run(
    'SELECT 1 FROM natter.conversations WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE',
    [...new Set(ids)],
  );
}

/** To be sent after the locks. */
export async function readStamp(session: Session): Promise<Stamp> {
  const { now, newest } = await readTime(session);
  return { now, changedAt: Math.max(now, newest) };
}

/** A member's own row, whole, as it is written back. */
export type WholeMemberRow = MemberRow & {
  changed_at: number;
  left_at: number | null;
  left_seq: number | null;
};
export const wholeMemberColumns =
  'm.user_id, u.name, u.picture, m.role, m.delivered_seq, m.read_seq, m.joined_at, m.version, m.changed_at, m.left_at, m.left_seq';

export interface Standing {
  conversation: ConversationRow;
  actor: WholeMemberRow;
}

type StandingRow = ConversationRow & {
  user_id: string;
  user_name: string | null;
  user_picture: string | null;
  role: Role;
  delivered_seq: number;
  read_seq: number;
  joined_at: number;
  member_version: number;
  changed_at: number;
};

/** Of those who are members; the others are left out, whether or not the conversation exists. */
export async function findStandings(
  session: Session,
  wanted: readonly { conversationId: ConversationId; userId: UserId }[],
): Promise<Standing[]> {
  const rows = await session.all<StandingRow>(
    `SELECT ${conversationColumns}, m.user_id, u.name AS user_name, u.picture AS user_picture, m.role,
       m.delivered_seq, m.read_seq, m.joined_at, m.version AS member_version, m.changed_at
     FROM unnest($1::uuid[], $2::text[]) AS wanted (conversation_id, user_id)
       JOIN natter.conversations c ON c.id = wanted.conversation_id
       JOIN natter.members m ON m.conversation_id = c.id AND m.user_id = wanted.user_id
       LEFT JOIN natter.users u ON u.id = m.user_id
     WHERE m.left_at IS NULL`,
    wanted.map(({ conversationId }) => conversationId),
    wanted.map(({ userId }) => userId),
  );
  return rows.map(toStanding);
}

function toStanding(row: StandingRow): Standing {
  const { user_id, user_name, user_picture, role, delivered_seq, read_seq, joined_at } = row;
  const { member_version, changed_at, ...conversation } = row;
  return {
    conversation,
    actor: {
      user_id,
      name: user_name ?? '',
      picture: user_picture,
      role,
      delivered_seq,
      read_seq,
      joined_at,
      version: member_version,
      changed_at,
      left_at: null,
      left_seq: null,
    },
  };
}

/** Locks the conversation, and reads the time and the actor's standing. */
export async function findStanding(
  session: Session,
  conversationId: ConversationId,
  userId: UserId,
): Promise<{ stamp: Stamp; standing: Standing | undefined }> {
  lockConversations(session, [conversationId]);
  const [stamp, [standing]] = await Promise.all([
    readStamp(session),
    findStandings(session, [{ conversationId, userId }]),
  ]);
  return { stamp, standing };
}
