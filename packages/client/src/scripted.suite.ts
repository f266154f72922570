/**
 * A world for tests: a clock that moves when told, sockets in memory, and a small server that keeps conversations,
 * and that a test can make late, deaf, forgetful or rude. No product code; the real server is in the integration test.
 */
import {
  type ConversationEntry,
  type ConversationId,
  type DurableEvent,
  type ErrorBody,
  errors,
  type HelloParams,
  limits,
  type Message,
  type MessageId,
  type Method,
  NatterError,
  type ServerEvent,
  type UserId,
} from '@natter/protocol';
import { createChatClient } from './client.ts';
import type { ChatClient } from './contract.ts';
import type { ChatClientOptions } from './options.ts';
import type { Clock, Environment, Random, Signal } from './runtime/contract.ts';

export interface TestClock extends Clock {
  /** Runs everything due within `ms`, and what follows from it. */
  pass(ms: number): Promise<void>;
  /** Somebody sets the device's clock: timers go on as if nothing had been. */
  set(to: number): void;
  timers(): number;
}

export function createTestClock(): TestClock {
  let now = 1_800_000_000_000;
  const timers = new Set<{ at: number; call: () => void }>();
  const soon: (() => void)[] = [];

  /** Promises and what came in this turn. A hundred rounds is more than any chain here has. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 100; round++) {
      await Promise.resolve();
      for (const call of soon.splice(0)) call();
    }
  }

  return {
    now: () => now,
    after(ms, call) {
      const timer = { at: now + Math.max(0, ms), call };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    soon: (call) => void soon.push(call),
    async pass(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (due === undefined) break;
        now = Math.max(now, due.at);
        timers.delete(due);
        due.call();
        await settle();
      }
      now = end;
      await settle();
    },
    set(to) {
      for (const timer of timers) timer.at += to - now;
      now = to;
    },
    timers: () => timers.size,
  };
}

export const middleRandom: Random = { bytes: randomBytes(), fraction: () => 0.5 };

function randomBytes(): (count: number) => Uint8Array {
  let state = 1;
  const next = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state & 0xff;
  };
  return (count) => Uint8Array.from({ length: count }, next);
}

export const uuid = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
export const conversationId = (n: number): ConversationId => uuid(n) as ConversationId;
export const userId = (name: string): UserId => name as UserId;

interface Conversation {
  id: ConversationId;
  kind: 'direct' | 'group';
  name: string | null;
  version: number;
  members: Map<string, { deliveredSeq: number; readSeq: number }>;
  messages: Message[];
  cursorVersion: number;
}

export class ScriptedSocket {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: { id: number; method: Method; params: never }[] = [];
  readonly server: ScriptedServer;
  open = true;
  greeted = false;

  constructor(server: ScriptedServer) {
    this.server = server;
    server.sockets.push(this);
    if (!server.silent) server.clock.soon(() => this.onopen?.());
  }

  send(text: string): void {
    const call = JSON.parse(text) as (typeof this.sent)[number];
    this.sent.push(call);
    this.server.received(this, call.id, call.method, call.params);
  }

  /** The client's own close: nothing comes back. */
  close(): void {
    this.open = false;
  }

  deliver(frame: object): void {
    if (this.open) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  end(code = 1006, reason = ''): void {
    if (!this.open) return;
    this.open = false;
    this.onerror?.();
    this.onclose?.({ code, reason });
  }
}

type Handler = (params: never, socket: ScriptedSocket) => unknown;
/** A handler's answer for "say nothing". */
export const noAnswer = Symbol('no answer');

export class ScriptedServer {
  readonly clock: TestClock;
  readonly sockets: ScriptedSocket[] = [];
  readonly conversations = new Map<ConversationId, Conversation>();
  readonly calls: { method: Method; params: unknown }[] = [];
  /** Replaces a method's answer. */
  readonly handlers: Partial<Record<Method, Handler>> = {};
  /** Sockets never open. */
  silent = false;
  epoch = 'e1';
  me = 'ada';
  since = 0;
  changed = new Set<ConversationId>();
  nextMessage = 1_000;

  constructor(clock: TestClock) {
    this.clock = clock;
  }

  get socket(): ScriptedSocket {
    return this.sockets.at(-1) as ScriptedSocket;
  }

  count(method: Method): number {
    return this.calls.filter((call) => call.method === method).length;
  }

  begin(
    id: ConversationId,
    kind: 'direct' | 'group',
    others: readonly string[],
    name: string | null = null,
  ): Conversation {
    const members = new Map(
      [this.me, ...others].map((user) => [user, { deliveredSeq: 0, readSeq: 0 }]),
    );
    const conversation: Conversation = {
      id,
      kind,
      name,
      version: 1 + members.size,
      members,
      messages: [],
      cursorVersion: 0,
    };
    this.conversations.set(id, conversation);
    return conversation;
  }

  /** Writes a message, and tells it unless the event is to be lost. Returns the event. */
  say(
    id: ConversationId,
    sender: string,
    content: string,
    { lost = false, messageId = '' } = {},
  ): DurableEvent {
    const room = this.room(id);
    room.version += 1;
    const message: Message = {
      id: (messageId || uuid(this.nextMessage++)) as MessageId,
      conversationId: id,
      seq: room.messages.length + 1,
      version: room.version,
      senderId: sender as UserId,
      senderName: sender.toUpperCase(),
      type: 'text',
      content,
      attachments: [],
      createdAt: this.clock.now(),
      editedAt: null,
      deletedAt: null,
    };
    room.messages.push(message);
    room.members.set(sender, { deliveredSeq: message.seq, readSeq: message.seq });
    this.changed.add(id);
    const event: DurableEvent = {
      type: 'newMessage',
      conversationId: id,
      version: room.version,
      message,
    };
    if (!lost) this.tell(event);
    return event;
  }

  change(
    id: ConversationId,
    seq: number,
    change: Partial<Message>,
    { lost = false } = {},
  ): DurableEvent {
    const room = this.room(id);
    room.version += 1;
    const message = { ...(room.messages[seq - 1] as Message), ...change, version: room.version };
    room.messages[seq - 1] = message;
    this.changed.add(id);
    const type =
      message.deletedAt === null ? ('messageUpdated' as const) : ('messageDeleted' as const);
    const event: DurableEvent = { type, conversationId: id, version: room.version, message };
    if (!lost) this.tell(event);
    return event;
  }

  tell(event: ServerEvent): void {
    for (const socket of this.sockets) if (socket.greeted) socket.deliver({ event });
  }

  room(id: ConversationId): Conversation {
    const room = this.conversations.get(id);
    if (room === undefined) throw new NatterError('notMember', 'unable to read: not a member');
    return room;
  }

  unread(room: Conversation): number {
    const readSeq = room.members.get(this.me)?.readSeq ?? 0;
    return room.messages.filter(
      (message) =>
        message.seq > readSeq && message.senderId !== this.me && message.deletedAt === null,
    ).length;
  }

  entry(id: ConversationId): ConversationEntry {
    const room = this.room(id);
    const mine = room.members.get(this.me) ?? { deliveredSeq: 0, readSeq: 0 };
    const peer =
      room.kind === 'direct' ? [...room.members].find(([user]) => user !== this.me) : undefined;
    const lastMessage = room.messages.at(-1) ?? null;
    return {
      conversation: {
        id,
        kind: room.kind,
        name: room.name,
        picture: null,
        version: room.version,
        lastSeq: room.messages.length,
        memberCount: room.members.size,
        createdAt: 1,
      },
      role: 'member',
      ...mine,
      unreadCount: this.unread(room),
      lastMessage,
      peer:
        peer === undefined
          ? null
          : {
              userId: peer[0] as UserId,
              name: peer[0].toUpperCase(),
              picture: null,
              role: 'member',
              ...peer[1],
              joinedAt: 1,
            },
      activeAt: lastMessage?.createdAt ?? 1,
      cursorVersion: room.cursorVersion,
    };
  }

  received(socket: ScriptedSocket, id: number, method: Method, params: never): void {
    this.calls.push({ method, params });
    const handler = this.handlers[method] ?? (this.usual[method] as Handler | undefined);
    if (handler === undefined) {
      refuse(socket, id, new NatterError('unknownMethod', `${method} is not scripted`));
      return;
    }
    try {
      const answer = handler(params, socket);
      if (answer === noAnswer) return;
      if (answer instanceof Promise) void answer.then((result) => socket.deliver({ id, result }));
      else socket.deliver({ id, result: answer });
      if (method === 'hello') socket.greeted = true;
    } catch (error) {
      refuse(socket, id, error as NatterError);
    }
  }

  readonly usual: { [M in Method]?: (params: never) => unknown } = {
    hello: (params: HelloParams) => {
      const reset = params.epoch !== this.epoch || params.since === undefined;
      const heads = reset
        ? []
        : [...this.changed].map((id) => {
            const room = this.conversations.get(id);
            if (room === undefined) {
              return {
                conversationId: id,
                // After whatever it had.
                version: 1_000_000,
                lastSeq: 0,
                readSeq: 0,
                unreadCount: 0,
                membership: 'left',
                cursorVersion: 0,
              };
            }
            const readSeq = room.members.get(this.me)?.readSeq ?? 0;
            const { version, messages } = room;
            return {
              conversationId: id,
              version,
              lastSeq: messages.length,
              readSeq,
              unreadCount: this.unread(room),
              membership: 'member',
              cursorVersion: room.cursorVersion,
            };
          });
      this.changed.clear();
      this.since += 1;
      return {
        userId: this.me,
        name: 'Ada',
        picture: null,
        nameEditable: false,
        connectionId: 'c',
        protocol: 1,
        epoch: this.epoch,
        since: String(this.since),
        reset,
        heads,
        moreHeads: false,
        presence: [],
        heartbeatMs: 25_000,
        limits,
      };
    },
    watch: () => ({ presence: [] }),
    getConversations: ({ ids }: { ids?: ConversationId[] }) => ({
      entries: [...this.conversations.keys()]
        .filter((id) => ids === undefined || ids.includes(id))
        .map((id) => this.entry(id)),
      next: null,
    }),
    getConversation: ({ conversationId: id }: { conversationId: ConversationId }) => ({
      entry: this.entry(id),
      members: [...this.room(id).members].map(([user, cursor]) => ({
        userId: user,
        name: user.toUpperCase(),
        role: 'member',
        ...cursor,
        joinedAt: 1,
      })),
      membersNext: null,
    }),
    getMessages: (params: {
      conversationId: ConversationId;
      before?: number;
      after?: number;
      around?: number;
      limit?: number;
    }) => {
      const { messages, version } = this.room(params.conversationId);
      const { before, after, around, limit = 50 } = params;
      let from = Math.max(0, messages.length - limit);
      if (before !== undefined) from = Math.max(0, before - 1 - limit);
      if (after !== undefined) from = after;
      if (around !== undefined) from = Math.max(0, around - 1 - Math.floor(limit / 2));
      const to = before === undefined ? from + limit : before - 1;
      const page = messages.slice(from, to);
      return {
        messages: page,
        hasBefore: from > 0,
        hasAfter: to < messages.length,
        version,
        lastSeq: messages.length,
      };
    },
    getChanges: ({
      conversationId: id,
      from,
    }: {
      conversationId: ConversationId;
      from: number;
    }) => ({
      entry: this.entry(id),
      messages: this.room(id)
        .messages.filter(({ version }) => version > from)
        .sort((a, b) => a.version - b.version),
      joined: [],
      left: [],
      version: this.room(id).version,
      more: false,
      tooFar: false,
    }),
    sendMessage: ({
      id,
      conversationId: room,
      content,
    }: {
      id: string;
      conversationId: ConversationId;
      content: string;
    }) => {
      const { messages } = this.room(room);
      const first = messages.find((message) => message.id === id);
      if (first === undefined) this.say(room, this.me, content, { lost: true, messageId: id });
      const { seq, version, createdAt, type, attachments } = first ?? (messages.at(-1) as Message);
      return { id, seq, version, createdAt, type, attachments };
    },
    markAsRead: (params: { conversationId: ConversationId; seq: number }) =>
      this.mark(params.conversationId, params.seq, true),
    markAsDelivered: (params: { conversationId: ConversationId; seq: number }) =>
      this.mark(params.conversationId, params.seq, false),
    sendTyping: () => ({}),
  };

  private mark(id: ConversationId, upTo: number, isRead: boolean): object {
    const room = this.room(id);
    const seq = Math.min(upTo, room.messages.length);
    const cursor = room.members.get(this.me) ?? { deliveredSeq: 0, readSeq: 0 };
    cursor.deliveredSeq = Math.max(cursor.deliveredSeq, seq);
    if (isRead) cursor.readSeq = Math.max(cursor.readSeq, seq);
    room.members.set(this.me, cursor);
    return { ...cursor, unreadCount: this.unread(room) };
  }
}

function refuse(socket: ScriptedSocket, id: number, error: NatterError): void {
  const body: ErrorBody = {
    code: error.code,
    message: error.message,
    retry: errors[error.code].retry,
  };
  if (error.retryAfterMs !== undefined) body.retryAfterMs = error.retryAfterMs;
  socket.deliver({ id, error: body });
}

export interface World {
  clock: TestClock;
  server: ScriptedServer;
  client: ChatClient;
  signal(name: Signal): void;
  device: { online: boolean; previews: string[] };
}

export function createWorld(
  options: Partial<ChatClientOptions> = {},
  prepare: (server: ScriptedServer) => void = () => {},
): World {
  const clock = createTestClock();
  const server = new ScriptedServer(clock);
  prepare(server);
  const listeners = new Set<(signal: Signal) => void>();
  const device = { online: true, previews: [] as string[] };
  const environment: Environment = {
    isOnline: () => device.online,
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    createObjectUrl: () => {
      const url = `blob:${device.previews.length}`;
      device.previews.push(url);
      return url;
    },
    revokeObjectUrl: (url) => void device.previews.splice(device.previews.indexOf(url), 1),
    reportError(error) {
      throw error;
    },
  };
  const client = createChatClient({
    url: 'http://natter.test',
    getToken: () => 'token',
    WebSocket: class {
      constructor() {
        // biome-ignore lint/correctness/noConstructorReturn: the scripted socket stands for the browser's.
        return new ScriptedSocket(server);
      }
    } as never,
    fetch: () => Promise.reject(new TypeError('no HTTP is scripted')),
    runtime: { clock, random: middleRandom },
    environment,
    ...options,
  });
  return {
    clock,
    server,
    client,
    device,
    signal: (name) => listeners.forEach((listener) => void listener(name)),
  };
}
