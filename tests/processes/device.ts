/**
 * Owns one device as a process of its own: the real SDK on Node's own WebSocket, doing what it is told over IPC and
 * writing down all that it observes before anybody else hears of it.
 */
import { openSync, writeSync } from 'node:fs';
import { type ChatClient, createChatClient, type MessagesSnapshot } from '@natter/client';
import type { ConversationId, ErrorBody, MessageId } from '@natter/protocol';
import { createChance } from '../../simulation/random.ts';
import { difference, type Entry, type FinalConversation, type Shown } from './history.ts';
import type { Look, Order, Report, Setup } from './orders.ts';

const setup = JSON.parse(process.argv[2] ?? '{}') as Setup;
const file = openSync(setup.history, 'a');
const chance = createChance(setup.seed);
const waitingTokens: ((token: string) => void)[] = [];
const timelines = new Map<ConversationId, Shown[]>();
const failed = new Set<MessageId>();
const calls = new Map<number, { id: MessageId; conversationId: ConversationId }>();
let acknowledged = 0;
let written = 0;
let talking: NodeJS.Timeout | null = null;

function note(entry: Entry): void {
  writeSync(file, `${JSON.stringify(entry)}\n`);
}

function report(said: Report): void {
  process.send?.(said);
}

interface Frame {
  id?: number;
  method?: string;
  params?: { id: MessageId; conversationId: ConversationId };
  result?: { seq: number };
  error?: ErrorBody;
}

/** Node's own, with an ear on the wire: an acknowledgement counts also when the SDK drops it. */
class HeardWebSocket extends WebSocket {
  constructor(url: string, protocols?: string | string[]) {
    super(url, protocols);
    this.addEventListener('message', ({ data }) => hear(JSON.parse(String(data)) as Frame));
    this.addEventListener('close', ({ code }) => note({ what: 'closed', code }));
  }

  override send(data: string): void {
    const { id, method, params } = JSON.parse(data) as Frame;
    if (id !== undefined && method === 'sendMessage' && params !== undefined) calls.set(id, params);
    super.send(data);
  }
}

function hear({ id, result, error }: Frame): void {
  const call = id === undefined ? undefined : calls.get(id);
  if (call === undefined) return;
  if (result !== undefined) {
    const { id: messageId, conversationId } = call;
    note({ what: 'acknowledged', conversationId, id: messageId, seq: result.seq });
    acknowledged += 1;
    report({ say: 'acknowledged', count: acknowledged });
  } else if (error !== undefined) {
    const { code, message, retry } = error;
    note({ what: 'refused', id: call.id, code, message, retry });
    report({ say: 'refused', code, message });
  }
}

const client: ChatClient = createChatClient({
  url: setup.url,
  getToken: () =>
    new Promise((resolve) => {
      waitingTokens.push(resolve);
      report({ say: 'token' });
    }),
  WebSocket: HeardWebSocket as never,
  environment: {
    reportError: (error) =>
      note({
        what: 'fault',
        message: error instanceof Error ? String(error.stack) : String(error),
      }),
  },
});

client.connection.subscribe(() => {
  const now = client.connection.getSnapshot();
  const status = now.status === 'connected' && now.synced ? 'synced' : now.status;
  note({ what: 'status', status });
  report({ say: 'status', status });
});

client.events.subscribe((event) => {
  if (!('version' in event)) return;
  const { type, conversationId, version } = event;
  const message = 'message' in event ? { id: event.message.id, seq: event.message.seq } : {};
  note({ what: 'event', type, conversationId, version, ...message });
});

for (const id of setup.conversationIds) {
  const timeline = client.messages(id);
  timeline.subscribe(() => show(id, timeline.getSnapshot()));
  client.receipts(id).subscribe(() => {});
}

function show(conversationId: ConversationId, { messages }: MessagesSnapshot): void {
  const rows = messages.map((message): Shown => [message.id, message.seq]);
  const before = timelines.get(conversationId) ?? [];
  const change = difference(before, rows);
  timelines.set(conversationId, rows);
  if (change.rows.length > 0 || change.keep + change.tail < before.length)
    note({ what: 'shown', conversationId, ...change });
  for (const { id, status, error } of messages) {
    if (status !== 'failed' || failed.has(id)) continue;
    failed.add(id);
    note({ what: 'failed', id, code: error?.code ?? '', message: error?.message ?? '' });
  }
}

/** Sends while few wait, and now and then edits, deletes or reads: like a busy person, with a bound. */
function talk(): void {
  const conversationId = chance.pick(setup.conversationIds) as ConversationId;
  const timeline = client.messages(conversationId);
  const { messages } = timeline.getSnapshot();
  const mine = messages.filter((it) => it.isMine && it.seq !== null && it.deletedAt === null);
  const one = chance.pick(mine.slice(-20));
  if (one !== null && chance.happens(0.06))
    timeline.edit(one.id, `${one.content}!`).catch(() => {});
  else if (one !== null && chance.happens(0.02)) timeline.delete(one.id).catch(() => {});
  else if (chance.happens(0.1)) timeline.markAsRead();
  if (messages.filter(({ status }) => status === 'sending').length >= setup.waitingMax) return;
  write(conversationId);
}

function write(conversationId: ConversationId, size = 0): void {
  written += 1;
  const content = `${setup.name} ${written}${size > 0 ? ' '.concat('x'.repeat(size)) : ''}`;
  const id = client.messages(conversationId).send({ content });
  note({ what: 'sent', conversationId, id, content });
}

function look(): Look {
  const status = client.connection.getSnapshot();
  const conversations: Look['conversations'] = {};
  let sending = 0;
  for (const id of setup.conversationIds) {
    const { messages, hasAfter } = client.messages(id).getSnapshot();
    sending += messages.filter((it) => it.status === 'sending').length;
    const item = client.conversations.get(id);
    if (item === null) continue;
    const lastSeq = hasAfter ? 0 : (messages.findLast(({ seq }) => seq !== null)?.seq ?? 0);
    conversations[id] = { lastSeq, ...facts(id, item) };
  }
  return { synced: status.status === 'connected' && status.synced, sending, conversations };
}

function facts(
  id: ConversationId,
  item: NonNullable<ReturnType<ChatClient['conversations']['get']>>,
): Omit<FinalConversation, 'rows'> {
  const cursors = [...client.receipts(id).getSnapshot()]
    .map(([userId, { readSeq, deliveredSeq }]) => [userId, { readSeq, deliveredSeq }] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const { readSeq, unreadCount } = item;
  return {
    version: item.conversation.version,
    readSeq,
    unreadCount,
    others: Object.fromEntries(cursors),
  };
}

/** Pages back to the first message, and writes down all of it. */
async function finish(): Promise<void> {
  const conversations: Record<string, FinalConversation> = {};
  for (const id of setup.conversationIds) {
    const item = client.conversations.get(id);
    if (item === null) continue;
    const known = facts(id, item);
    const rows = new Map<number, FinalConversation['rows'][number]>();
    const timeline = client.messages(id);
    for (;;) {
      const { messages, hasBefore } = timeline.getSnapshot();
      for (const { id: messageId, seq, senderId, type, content, editedAt, deletedAt } of messages)
        if (seq !== null)
          rows.set(seq, { id: messageId, seq, senderId, type, content, editedAt, deletedAt });
      if (!hasBefore) break;
      await timeline.loadBefore();
      const { pagingError } = timeline.getSnapshot();
      if (pagingError !== null) throw new Error(pagingError.message);
    }
    const inOrder = [...rows.values()].sort((one, other) => one.seq - other.seq);
    conversations[id] = { ...known, rows: inOrder };
  }
  note({ what: 'final', conversations });
  report({ say: 'finished' });
}

process.on('message', (order: Order) => {
  switch (order.do) {
    case 'token':
      for (const give of waitingTokens.splice(0)) give(order.token);
      return;
    case 'talk':
      talking ??= setInterval(talk, setup.everyMs);
      return;
    case 'hush':
      if (talking !== null) clearInterval(talking);
      talking = null;
      return;
    case 'write':
      for (let count = 0; count < order.count; count++)
        write(
          setup.conversationIds[count % setup.conversationIds.length] as ConversationId,
          order.size,
        );
      return;
    case 'nudge':
      client.connection.reconnect();
      return;
    case 'look':
      report({ say: 'look', look: look() });
      return;
    case 'finish':
      finish().catch((error: unknown) => {
        note({ what: 'fault', message: String(error) });
        report({ say: 'finished' });
      });
      return;
    case 'shift':
      // The clock that the test has put before this program.
      (globalThis as { shiftClock?(ms: number): void }).shiftClock?.(order.ms);
      return;
  }
});
process.on('disconnect', () => process.exit(0));
