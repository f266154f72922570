/**
 * A device for tests: several tabs, one after another or at once, that share what is kept and one scripted server. A tab
 * can be taken off the network, crash (its memory goes, what is kept stays), or freeze (nothing reaches it). No product code.
 */
import { type DurableEvent, type Message, NatterError } from '@natter/protocol';
import { createChatClient } from '../client.ts';
import type { ChatClient } from '../contract.ts';
import type { ChatClientOptions } from '../options.ts';
import type { Kept, Persistence } from '../persistence/contract.ts';
import {
  createMemoryDevice,
  type MemoryDevice,
  type MemoryTab,
} from '../persistence/memory/memory.ts';
import type { Clock } from '../runtime/contract.ts';
import {
  conversationId,
  createTestClock,
  middleRandom,
  noAnswer,
  ScriptedServer,
  ScriptedSocket,
  type TestClock,
} from '../scripted.suite.ts';

export const a = conversationId(1);
export const b = conversationId(2);

export interface Tab {
  client: ChatClient;
  show(id?: typeof a): string[];
  offline(): void;
  online(): void;
  /** Its page is gone, without a word; what was under way to the disk may or may not be there. */
  crash(): void;
  freeze(): void;
  thaw(): void;
  /** What the device refuses from now on. */
  fail(method: keyof Kept, error: Error | null): void;
  /** It answers null from now on: what it kept is gone. */
  lose(method: 'readFile'): void;
  /** What other tabs say comes this late from now on. */
  hearLate(ms: number): void;
  /** The device does not answer this any more. */
  hang(method: keyof Kept): void;
  /** Its storage is closed under it, by the browser or a newer version in another tab. */
  closeStorage(): void;
}

/** How long a write to the disk takes in these tests; a crash loses what is not there yet. */
export const writeMs = 5;

export interface Device {
  clock: TestClock;
  server: ScriptedServer;
  memory: MemoryDevice;
  /** `isSlow`: its writes take `writeMs`, and what other tabs say comes later than that. */
  open(options?: Partial<ChatClientOptions>, isSlow?: boolean): Tab;
  kept(): Promise<Kept>;
  stored(id?: typeof a): string[];
  /** What each message said, one after the other. */
  histories(): string[][];
  /** How many calls were refused as a conflict. */
  conflicts(): number;
  /** Calls of sending, editing and deleting, as the server got them. */
  calls(): string[];
  /** How many answers are lost from now on, their calls done. */
  loseAnswers(count: number): void;
}

const token = `h.${btoa(JSON.stringify({ sub: 'ada', name: 'Ada' }))}.s`;

export function createDevice(prepare: (server: ScriptedServer) => void = () => {}): Device {
  const clock = createTestClock();
  const server = new ScriptedServer(clock);
  server.begin(a, 'direct', ['ben']);
  server.begin(b, 'group', ['ben', 'eve'], 'B');
  const device = createMemoryDevice({ clock });
  let lost = 0;
  const books = serve(server, () => lost-- > 0);
  prepare(server);

  return {
    clock,
    server,
    memory: device,
    open: (options, isSlow) => openTab(clock, server, device.tab(), options, isSlow),
    kept: () => device.tab().open({ origin: 'http://natter.test', person: 'ada' }),
    stored: (id = a) => server.room(id).messages.map(textOf),
    calls: () =>
      server.calls.flatMap(({ method, params }) => {
        const { content } = params as { content?: string };
        if (method === 'sendMessage') return [`send ${content}`];
        if (method === 'editMessage') return [`edit ${content}`];
        return method === 'deleteMessage' ? ['delete'] : [];
      }),
    histories: () => [...books.histories.values()],
    conflicts: () => books.conflicts,
    loseAnswers(count) {
      lost = count;
    },
  };
}

function textOf({ content, deletedAt }: { content: string; deletedAt: number | null }): string {
  return deletedAt === null ? content : 'deleted';
}

function openTab(
  clock: TestClock,
  server: ScriptedServer,
  memory: MemoryTab,
  options: Partial<ChatClientOptions> = {},
  isSlow = false,
): Tab {
  const sockets: ScriptedSocket[] = [];
  const failing = new Map<string, Error>();
  /** As this tab comes to hear of it. */
  const heard = (signal: AbortSignal): AbortSignal => {
    const controller = new AbortController();
    signal.addEventListener('abort', () => enter(() => controller.abort()));
    return controller.signal;
  };
  const missing = new Set<string>();
  const hanging = new Set<string>();
  let close = () => {};
  let frozen: (() => void)[] | null = null;
  let hearingMs = isSlow ? 3 * writeMs : 0;
  let isOffline = false;
  let isDead = false;
  /** Whatever comes to a tab from outside: not when it is dead, later when it is frozen. */
  const enter = (call: () => void): void => {
    if (isDead) return;
    if (frozen === null) call();
    else frozen.push(call);
  };
  const tabClock: Clock = {
    now: clock.now,
    after: (ms, call) => clock.after(ms, () => enter(call)),
    soon: (call) => clock.soon(() => enter(call)),
  };
  const guarded: Persistence = {
    async open(account) {
      const kept = await memory.open(account);
      close = kept.close;
      return new Proxy(kept, {
        get(target, name: keyof Kept) {
          const method = target[name] as ((...args: unknown[]) => unknown) | undefined;
          if (method === undefined) return undefined;
          if (name === 'subscribe')
            return (listener: (message: never) => void) =>
              target.subscribe((message) =>
                clock.after(hearingMs, () => enter(() => listener(message as never))),
              );
          return (...args: unknown[]) => {
            const error = failing.get(name);
            if (error !== undefined) return Promise.reject(error);
            if (missing.has(name)) return Promise.resolve(null);
            if (isDead || hanging.has(name)) return new Promise(() => {});
            if (name === 'hold') {
              const [lock, options, work] = args as Parameters<Kept['hold']>;
              return target.hold(lock, options, (signal) => work(heard(signal)));
            }
            if (!isSlow || !/Items?$/.test(name)) return method.apply(target, args);
            const copies = [structuredClone(args[0]), ...args.slice(1)];
            return new Promise((resolve, reject) => {
              clock.after(writeMs, () => {
                if (!isDead) Promise.resolve(method.apply(target, copies)).then(resolve, reject);
              });
            });
          };
        },
      });
    },
  };
  class TabSocket extends ScriptedSocket {
    constructor() {
      const { silent } = server;
      server.silent = isOffline || isDead || silent;
      super(server);
      server.silent = silent;
      sockets.push(this);
    }
    override deliver(frame: object): void {
      enter(() => super.deliver(frame));
    }
    override send(text: string): void {
      if (!isDead && frozen === null && !isOffline) super.send(text);
    }
  }
  const client = createChatClient({
    url: 'http://natter.test',
    getToken: () => token,
    WebSocket: TabSocket as never,
    fetch: () => Promise.reject(new TypeError('no HTTP is scripted')),
    runtime: { clock: tabClock, random: middleRandom },
    environment: {
      createObjectUrl: (data) => `blob:${data.size}`,
      revokeObjectUrl: () => {},
      reportError(error) {
        throw error;
      },
    },
    persistence: guarded,
    ...options,
  });
  for (const id of [a, b]) client.messages(id).subscribe(() => {});
  /** What came meanwhile comes one after the other. */
  const wake = (): void => {
    const next = frozen?.shift();
    if (next === undefined) {
      frozen = null;
      return;
    }
    next();
    clock.after(1, wake);
  };
  const cut = (): void => {
    for (const socket of sockets.splice(0)) socket.end();
  };
  return {
    client,
    show: (id = a) =>
      client
        .messages(id)
        .getSnapshot()
        .messages.map((message) => `${textOf(message)} ${message.status}`),
    offline() {
      isOffline = true;
      cut();
    },
    online() {
      isOffline = false;
      // The try that is under way began without a network.
      cut();
      client.connection.reconnect();
    },
    crash() {
      isDead = true;
      for (const socket of sockets) socket.open = false;
      memory.crash();
    },
    freeze() {
      frozen = [];
      memory.freeze();
    },
    thaw() {
      memory.thaw();
      wake();
    },
    fail(method, error) {
      if (error === null) failing.delete(method);
      else failing.set(method, error);
    },
    lose: (method) => void missing.add(method),
    hearLate(ms) {
      hearingMs = ms;
    },
    hang: (method) => void hanging.add(method),
    closeStorage: () => close(),
  };
}

/** Sending, editing and deleting as SPEC has it, told to the other sockets. */
function serve(
  server: ScriptedServer,
  losesAnswer: () => boolean,
): { histories: Map<string, string[]>; conflicts: number } {
  const books = { histories: new Map<string, string[]>(), conflicts: 0 };
  const bodies = new Map<string, string>();
  const tell = (socket: ScriptedSocket, event: DurableEvent): void => {
    for (const one of server.sockets) if (one !== socket && one.greeted) one.deliver({ event });
  };
  const answer = (result: unknown): unknown => (losesAnswer() ? noAnswer : result);
  type Params = {
    id: string;
    conversationId: typeof a;
    messageId: string;
    content: string;
    fileIds?: string[];
  };

  // Of several tabs each has missed something else; a head too many is harmless.
  server.handlers.hello = (params) => {
    for (const id of server.conversations.keys()) server.changed.add(id);
    return server.usual.hello?.(params);
  };
  server.handlers.sendMessage = ((params: Params, socket: ScriptedSocket) => {
    const { id, conversationId: room, content, fileIds } = params;
    const body = JSON.stringify([content, fileIds ?? []]);
    const before = bodies.get(id);
    if (before !== undefined && before !== body) {
      books.conflicts += 1;
      throw new NatterError('conflict', 'this id is in use');
    }
    if (before === undefined) books.histories.set(id, [content]);
    const isNew = before === undefined;
    bodies.set(id, body);
    const result = server.usual.sendMessage?.(params as never);
    const message = server.room(room).messages.find((one) => one.id === id);
    if (isNew && message !== undefined)
      tell(socket, {
        type: 'newMessage',
        conversationId: room,
        version: message.version,
        message,
      });
    return answer(result);
  }) as never;

  const change =
    (apply: (message: Message, params: Params) => Partial<Message> | null) =>
    (params: Params, socket: ScriptedSocket) => {
      const { messages } = server.room(params.conversationId);
      const message = messages.find((one) => one.id === params.messageId);
      if (message === undefined) throw new NatterError('notFound', 'there is no such message');
      const changed = apply(message, params);
      if (changed === null) return answer({ message });
      books.histories.get(message.id)?.push(params.content ?? 'deleted');
      const event = server.change(params.conversationId, message.seq, changed, { lost: true });
      tell(socket, event);
      return answer({ message: (event as { message: Message }).message });
    };
  server.handlers.editMessage = change((message, { content }) => {
    if (message.deletedAt !== null) throw new NatterError('notFound', 'it is deleted');
    return message.content === content ? null : { content, editedAt: server.clock.now() };
  }) as never;
  server.handlers.deleteMessage = change((message) =>
    message.deletedAt === null ? { content: '', deletedAt: server.clock.now() } : null,
  ) as never;
  return books;
}
