/** Owns the question at the end: does every device show what the database says? Null when it does. */
import type {
  ConversationEntry,
  ConversationId,
  Message,
  MessageId,
  UserId,
} from '@natter/protocol';
import type { Device } from './device.ts';
import type { Node } from './node.ts';
import type { World } from './world.ts';

const pageLimit = 100;

export async function findDifference(world: World): Promise<string | null> {
  for (const device of world.devices) {
    const found =
      (await judgeList(world, device)) ??
      (await judgeTimelines(world, device)) ??
      judgePeople(world, device) ??
      judgeSent(world, device) ??
      (await judgeRead(world, device));
    if (found !== null) return `${device.name}: ${found}`;
  }
  return (await judgeAcknowledged(world)) ?? (await judgeNodes(world));
}

async function entriesOf(world: World, userId: UserId): Promise<ConversationEntry[]> {
  const found: ConversationEntry[] = [];
  let after: string | null = null;
  do {
    const page: { entries: ConversationEntry[]; next: string | null } =
      await world.database.truth.listConversations(userId, { after, limit: pageLimit });
    found.push(...page.entries);
    after = page.next;
  } while (after !== null);
  return found;
}

async function rowsOf(
  world: World,
  userId: UserId,
  conversationId: ConversationId,
): Promise<Message[]> {
  const rows: Message[] = [];
  for (;;) {
    const after = rows.at(-1)?.seq ?? 0;
    const page = await world.database.truth.getMessages(userId, {
      conversationId,
      after,
      limit: pageLimit,
    });
    rows.push(...(page?.messages ?? []));
    if (!page?.hasAfter) return rows;
  }
}

async function judgeList(world: World, device: Device): Promise<string | null> {
  const client = device.client();
  const status = client.connection.getSnapshot();
  if (status.status !== 'connected' || !status.synced)
    return `[CLIENT3] is ${JSON.stringify(status)}`;
  const { items, hasMore, loadingMore } = client.conversations.getSnapshot();
  if (hasMore) {
    if (!loadingMore) void client.conversations.loadMore();
    return '[PAGE4] has not loaded its whole list';
  }
  const entries = await entriesOf(world, device.userId);
  const shown = new Map(items.map((item) => [item.conversation.id, item]));
  if (shown.size !== entries.length)
    return `[HEADS4] lists ${shown.size} conversations instead of ${entries.length}`;
  for (const entry of entries) {
    const id = entry.conversation.id;
    const item = shown.get(id);
    if (item === undefined) return `[HEADS4] does not list ${world.label(id)}`;
    const { title: _title, preview: _preview, peer: _peer, activeAt: _activeAt, ...mine } = item;
    // How many moves of cursors an entry counts is not in the events that tell them.
    const { peer: _theirs, activeAt: _at, cursorVersion: _moves, ...theirs } = entry;
    for (const key of Object.keys(theirs) as (keyof typeof theirs)[])
      if (JSON.stringify(sorted(mine[key])) !== JSON.stringify(sorted(theirs[key])))
        return `[APPLY1] ${world.label(id)}: ${key} is ${JSON.stringify(mine[key])} instead of ${JSON.stringify(theirs[key])}`;
  }
  return null;
}

async function judgeTimelines(world: World, device: Device): Promise<string | null> {
  for (const id of device.opened()) {
    const label = world.label(id);
    const { messages, state, hasBefore, hasAfter } = device.client().messages(id).getSnapshot();
    const isMember = (await world.database.truth.getMembership(id, device.userId)) !== null;
    if (!isMember) {
      const kept = messages.filter(({ status }) => status !== 'failed');
      if (kept.length > 0)
        return `[CLOSE4] shows ${kept.length} messages of ${label}, and is not in it`;
      continue;
    }
    if (state !== 'ready') return `[CLIENT11] the timeline of ${label} is ${state}`;
    const rows = await rowsOf(world, device.userId, id);
    const shown = messages.filter(({ seq }) => seq !== null);
    const first = shown[0]?.seq ?? (rows.at(-1)?.seq ?? 0) + 1;
    const last = shown.at(-1)?.seq ?? 0;
    if (hasBefore !== first > 1)
      return `[PAGE2] hasBefore of ${label} is wrong: it begins at ${first}`;
    if (!hasAfter && last !== (rows.at(-1)?.seq ?? 0))
      return `[APPLY1] ${label} ends at ${last} instead of ${rows.at(-1)?.seq}`;
    const members = await world.database.truth.listMembers(id, { after: null, limit: pageLimit });
    const others = members.members.filter(({ userId }) => userId !== device.userId);
    for (const [at, message] of shown.entries()) {
      const row = rows[first - 1 + at];
      if (row === undefined || row.seq !== message.seq)
        return `[APPLY1] ${label} has a hole at ${first + at}`;
      for (const key of [
        'id',
        'seq',
        'content',
        'editedAt',
        'deletedAt',
        'senderId',
        'createdAt',
      ] as const)
        if (row[key] !== message[key])
          return `[APPLY6] ${label} ${row.seq}: ${key} is ${message[key]} instead of ${row[key]}`;
      if (JSON.stringify(sorted(message.system)) !== JSON.stringify(sorted(row.system ?? null)))
        return `[SYSTEM1] ${label} ${row.seq} says ${JSON.stringify(message.system)} instead of ${JSON.stringify(row.system)}`;
      if (row.type === 'system' && (row.editedAt ?? row.deletedAt) !== null)
        return `[SYSTEM6] ${label} ${row.seq} is a system line, and was changed`;
      if (!message.isMine || others.length === 0) continue;
      // Nobody waits for a system line to arrive.
      const right = row.type === 'system' ? 'sent' : statusAt(row.seq, others);
      if (message.status !== right)
        return `[CURSOR7] ${label} ${row.seq} is shown as ${message.status} instead of ${right}`;
    }
    for (const { userId, readSeq, deliveredSeq } of others) {
      const cursor = device.client().receipts(id).getSnapshot().get(userId);
      if (cursor?.readSeq !== readSeq || cursor.deliveredSeq !== deliveredSeq)
        return `[CURSOR7] the cursors of ${userId} in ${label} are ${JSON.stringify(cursor)} instead of ${readSeq}, ${deliveredSeq}`;
    }
  }
  return null;
}

function statusAt(
  seq: number,
  others: readonly { readSeq: number; deliveredSeq: number }[],
): string {
  if (others.every(({ readSeq }) => readSeq >= seq)) return 'read';
  return others.every(({ deliveredSeq }) => deliveredSeq >= seq) ? 'delivered' : 'sent';
}

function judgePeople(world: World, device: Device): string | null {
  const client = device.client();
  for (const id of device.opened()) {
    const typing = client.typing(id).getSnapshot();
    if (typing.length > 0)
      return `[TYPING3] ${typing[0]?.userId} types for ever in ${world.label(id)}`;
  }
  const presence = client.presence.getSnapshot();
  for (const userId of world.userIds) {
    if (userId === device.userId) continue;
    const isThere = world.devices.some((it) => it.userId === userId && it !== device);
    if (presence.get(userId)?.online !== isThere)
      return `[PRESENCE4] ${userId} is shown as ${JSON.stringify(presence.get(userId))}`;
  }
  return null;
}

/** What somebody still sees as pending is sent, or says why not. */
function judgeSent(world: World, device: Device): string | null {
  for (const [messageId, id] of device.sent) {
    const shown = device
      .client()
      .messages(id)
      .getSnapshot()
      .messages.find((it) => it.id === messageId);
    if (shown?.status === 'sending')
      return `[CLIENT7] ${messageId} is still being sent to ${world.label(id)}`;
    if (shown?.status === 'failed') continue;
    if (!isCommitted(world, id, messageId) && !world.isExcused(messageId))
      return `[CLIENT7] ${messageId} was written to ${world.label(id)} and is lost`;
  }
  return null;
}

/** A mark made without a network arrives, over reloads too. */
async function judgeRead(world: World, device: Device): Promise<string | null> {
  for (const [id, seq] of device.read) {
    const [entry] = await world.database.truth.getConversations(device.userId, [id]);
    // Whoever leaves takes no marks along.
    if (hasLeft(world, device.userId, id)) continue;
    if (entry !== undefined && entry.readSeq < Math.min(seq, entry.conversation.lastSeq))
      return `[CURSOR5] was read up to ${seq} in ${world.label(id)}, and is marked ${entry.readSeq}`;
  }
  return null;
}

function hasLeft(world: World, userId: UserId, id: ConversationId): boolean {
  const { commits } = world.database;
  for (let version = commits.version(id); version > 0; version--) {
    const event = commits.get(id, version);
    if (event?.type === 'memberLeft' && event.userId === userId) return true;
  }
  return false;
}

function isCommitted(world: World, id: ConversationId, messageId: MessageId): boolean {
  const { commits } = world.database;
  for (let version = commits.version(id); version > 0; version--) {
    const event = commits.get(id, version);
    if (event?.type === 'newMessage' && event.message.id === messageId) return true;
  }
  return false;
}

async function judgeAcknowledged(world: World): Promise<string | null> {
  for (const id of world.database.commits.ids()) {
    const found = await rowsOfAnyone(world, id);
    if (found === null) continue;
    const seqs = new Map<MessageId, number>();
    for (const [at, row] of found.entries()) {
      if (row.seq !== at + 1)
        return `[ORDER1] ${world.label(id)} has ${row.seq} in the place of ${at + 1}`;
      if (seqs.has(row.id)) return `[SEND2] ${row.id} is in ${world.label(id)} twice`;
      seqs.set(row.id, row.seq);
    }
    for (const [messageId, { conversationId, seq }] of world.acknowledged())
      if (conversationId === id && seqs.get(messageId) !== seq)
        return `[SEND1] ${messageId} was acknowledged as ${seq} of ${world.label(id)}, which has it at ${seqs.get(messageId)}`;
  }
  return null;
}

async function rowsOfAnyone(world: World, id: ConversationId): Promise<Message[] | null> {
  for (const userId of world.userIds)
    if ((await world.database.truth.getMembership(id, userId)) !== null)
      return rowsOf(world, userId, id);
  return null;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, it]) => [key, sorted(it)]),
  );
}

/** A node follows what those who are connected to it are in, and nothing else. */
async function judgeNodes(world: World): Promise<string | null> {
  for (const [slot, node] of world.fleet.nodes().entries()) {
    if (node === null) return `node ${slot} is down`;
    const people = [...world.fleet.peopleOn(slot)] as UserId[];
    const rooms = new Set<ConversationId>();
    for (const userId of people)
      for (const { conversationId } of await world.database.truth.listMemberships(userId))
        rooms.add(conversationId);
    const found = compareNode(node, people.length, rooms.size);
    if (found !== null) return `node ${slot} ${found}`;
  }
  return null;
}

/** Who has just left is followed for a while yet, so more subscriptions than these need are none too many. */
function compareNode({ natter, bus }: Node, people: number, rooms: number): string | null {
  const { users, conversations } = natter.stats();
  if (users !== people) return `[EVENT7] serves ${users} people, of whom ${people} are connected`;
  if (conversations !== rooms)
    return `[EVENT7] follows ${conversations} conversations, its people are in ${rooms}`;
  for (const [kind, right] of [
    ['conversation', rooms],
    ['user', people],
  ] as const)
    if (bus.subscriptions(kind) < right)
      return `[EVENT7] has ${bus.subscriptions(kind)} subscriptions of kind ${kind} instead of ${right}`;
  return null;
}

/** What a node keeps of people who left long ago. */
export function findKept({ natter, bus }: Node): string | null {
  const { users, conversations } = natter.stats();
  const kept = {
    users,
    conversations,
    conversationTopics: bus.subscriptions('conversation'),
    userTopics: bus.subscriptions('user'),
  };
  const isEmpty = Object.values(kept).every((count) => count === 0);
  return isEmpty ? null : `[EVENT7] keeps ${JSON.stringify(kept)}`;
}
