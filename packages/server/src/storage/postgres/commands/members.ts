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
import { type ConversationRow, toConversation, toMember } from '../../rows.ts';
import type { Session } from '../connection.ts';
import {
  changeRole,
  createDraft,
  type Draft,
  joinMember,
  leave,
  saveDrafts,
  writeLine,
  writePeopleLine,
} from './draft.ts';
import {
  findStanding,
  refused,
  type Standing,
  type WholeMemberRow,
  type World,
  wholeMemberColumns,
} from './transaction.ts';

/** Somebody who exists; without a role they were never in the conversation. */
type Person = WholeMemberRow | PersonOutside;
type PersonOutside = { [Name in keyof WholeMemberRow]: null } & {
  user_id: string;
  name: string;
  picture: string | null;
};

/** Those who exist, with their row of the conversation where they have one. */
export async function findPeople(
  session: Session,
  conversationId: ConversationId,
  userIds: readonly UserId[],
): Promise<Map<string, Person>> {
  const rows = await session.all<Person>(
    `SELECT ${wholeMemberColumns.replace('m.user_id', 'u.id AS user_id')}
     FROM unnest($2::text[]) AS wanted (id) JOIN natter.users u ON u.id = wanted.id
       LEFT JOIN natter.members m ON m.conversation_id = $1 AND m.user_id = u.id`,
    conversationId,
    userIds,
  );
  return new Map(rows.map((row) => [row.user_id, row]));
}

/** Counts no further than `max`. */
async function countOwners(
  session: Session,
  conversationId: ConversationId,
  max: number,
): Promise<number> {
  const row = await session.get<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM natter.members
       WHERE conversation_id = $1 AND role = 'owner' AND left_at IS NULL LIMIT $2) owners`,
    conversationId,
    max,
  );
  return row?.count ?? 0;
}

export async function addMembers(
  { session, membersMax }: World,
  command: {
    conversationId: ConversationId;
    actorId: UserId;
    userIds: readonly UserId[];
    role: Role | null;
    membersOnly?: boolean | undefined;
  },
): Promise<MembersOutcome> {
  const userIds = [...new Set(command.userIds)];
  const [{ stamp, standing }, people, owners] = await Promise.all([
    findStanding(session, command.conversationId, command.actorId),
    findPeople(session, command.conversationId, userIds),
    countOwners(session, command.conversationId, userIds.length + 2),
  ]);
  if (standing === undefined) return refused('notMember');
  const { conversation, actor } = standing;
  if (!may(conversation.kind, actor.role, addAction(command.role ?? 'member'))) {
    return refused('forbidden');
  }
  const draft = createDraft(conversation, stamp);
  const adding = { draft, standing, people, owners, membersMax };
  const events: DurableEvent[] = [];
  const added: Member[] = [];
  const changed: Member[] = [];
  for (const userId of userIds) {
    const count = conversation.member_count;
    const event = add(adding, userId, command);
    if (typeof event === 'string') return refused(event);
    if (event === null) continue;
    events.push(event);
    (conversation.member_count > count ? added : changed).push(event.data.member);
  }
  if (added.length > 0 && isTold(conversation))
    events.push(writePeopleLine(draft, actor, { kind: 'added' }, added));
  if (changed.length > 0 && command.role !== null) {
    const what = { kind: 'roleChanged', role: command.role } as const;
    events.push(writePeopleLine(draft, actor, what, changed));
  }
  if (events.length > 0) saveDrafts(session, [draft]);
  return {
    outcome: 'done',
    conversation: toConversation(conversation),
    members: userIds.map((userId) =>
      toMember(draft.members.get(userId) ?? (people.get(userId) as WholeMemberRow)),
    ),
    events,
  };
}

/** Coming and going is a line where it is not most of what happens. */
function isTold(conversation: ConversationRow): boolean {
  return conversation.member_count <= limits.largeConversationMembers;
}

interface Adding {
  draft: Draft;
  standing: Standing;
  people: Map<string, Person>;
  /** How many there are as it is drafted. */
  owners: number;
  membersMax: number;
}

/** Null when nothing is to change. */
function add(
  adding: Adding,
  userId: UserId,
  { role, membersOnly = false }: { role: Role | null; membersOnly?: boolean | undefined },
) {
  const { draft, standing, people, membersMax } = adding;
  const { conversation, actor } = standing;
  const person = people.get(userId);
  const isMember = person !== undefined && person.role !== null && person.left_at === null;
  if (!isMember) {
    if (membersOnly) return 'noSuchMember' satisfies Refusal;
    if (person === undefined) return 'unknownUser' satisfies Refusal;
    if (conversation.member_count >= membersMax) return 'tooManyMembers' satisfies Refusal;
    if (role === 'owner') adding.owners += 1;
    return joinMember(draft, person, role ?? 'member');
  }
  if (role === null || role === person.role) return null;
  if (!may(conversation.kind, actor.role, removeAction(person.role))) {
    return 'forbidden' satisfies Refusal;
  }
  // A group has an owner while it has anybody.
  if (person.role === 'owner' && adding.owners <= 1) return 'forbidden' satisfies Refusal;
  if (person.role === 'owner') adding.owners -= 1;
  if (role === 'owner') adding.owners += 1;
  return changeRole(draft, person, role);
}

export async function removeMember(
  { session }: World,
  command: { conversationId: ConversationId; actorId: UserId; userId: UserId },
): Promise<ConversationOutcome> {
  const [{ stamp, standing }, people, owners] = await Promise.all([
    findStanding(session, command.conversationId, command.actorId),
    findPeople(session, command.conversationId, [command.userId]),
    countOwners(session, command.conversationId, 2),
  ]);
  if (standing === undefined) return refused('notMember');
  const { conversation, actor } = standing;
  const leaving = command.userId === command.actorId;
  if (!may(conversation.kind, actor.role, leaving ? 'leave' : 'removeMember')) {
    return refused('forbidden');
  }
  const member = people.get(command.userId);
  // Taken out before: a repeat whose first answer was lost.
  if (member === undefined || member.role === null || member.left_at !== null) {
    return { outcome: 'done', conversation: toConversation(conversation), events: [] };
  }
  if (!leaving && !may(conversation.kind, actor.role, removeAction(member.role))) {
    return refused('forbidden');
  }
  const draft = createDraft(conversation, stamp);
  const events: DurableEvent[] = [leave(draft, member)];
  if (member.role === 'owner' && owners <= 1) {
    const heir = await findHeir(session, command.conversationId, command.userId);
    if (heir !== undefined) events.push(changeRole(draft, heir, 'owner'));
  }
  if (isTold(conversation)) {
    events.push(
      leaving
        ? writeLine(draft, actor, { kind: 'left' })
        : writePeopleLine(draft, actor, { kind: 'removed' }, [toMember(member)]),
    );
  }
  saveDrafts(session, [draft]);
  return { outcome: 'done', conversation: toConversation(conversation), events };
}

/** The longest-standing admin, else the longest-standing member. */
function findHeir(
  session: Session,
  conversationId: ConversationId,
  leaverId: UserId,
): Promise<WholeMemberRow | undefined> {
  return session.get<WholeMemberRow>(
    `SELECT ${wholeMemberColumns} FROM natter.members m JOIN natter.users u ON u.id = m.user_id
     WHERE m.conversation_id = $1 AND m.left_at IS NULL AND m.user_id <> $2
     ORDER BY m.role <> 'admin', m.joined_at, m.user_id LIMIT 1`,
    conversationId,
    leaverId,
  );
}
