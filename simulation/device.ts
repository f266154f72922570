/**
 * Owns one device: the real client on the virtual network, what its user looks at, and the watch over what it shows.
 * Two devices of one browser are its tabs: they share what it keeps, which outlives them.
 */
import {
  type ChatClient,
  createChatClient,
  type Environment,
  type MessagesSnapshot,
  type SocketLike,
} from '@natter/client';
import type { MemoryDevice, MemoryTab } from '@natter/client/memory';
import type { ConversationId, MessageId, UserId } from '@natter/protocol';
import { WebSocket } from 'ws';
import type { Line, Quality } from './network.ts';
import type { Chance } from './random.ts';
import type { Tap } from './tap.ts';
import type { Time } from './time.ts';

export interface Device {
  readonly name: string;
  readonly userId: UserId;
  readonly quality: Quality;
  client(): ChatClient;
  line(): Line | null;
  isOnline(): boolean;
  /** `told`: the device notices, and says so to the client. */
  setOnline(online: boolean, told: boolean): void;
  /** Its clock is off by this. */
  setSkew(ms: number): void;
  open(id: ConversationId): void;
  close(id: ConversationId): void;
  opened(): ConversationId[];
  /** What was written here and must not be lost: all of it since the start, and what was kept before. */
  sent: Map<MessageId, ConversationId>;
  /** How far somebody read here, where the device keeps it. */
  read: Map<ConversationId, number>;
  wrote(messageId: MessageId, id: ConversationId): void;
  marked(id: ConversationId, seq: number): void;
  /** Its page is gone and loaded again. `crashes`: without a word, so the newest of the copy may not be kept. */
  reload(crashes: boolean): void;
  /** The database has another past: what is where may be otherwise for a while. */
  allowAnotherPast(): void;
  /** Messages that are still being sent, of what is looked at. */
  pending(): number;
  dispose(): void;
}

export interface DeviceWorld {
  time: Time;
  chance: Chance;
  name: string;
  userId: UserId;
  others: readonly UserId[];
  quality: Quality;
  /** What its browser keeps. */
  browser: MemoryDevice;
  /** Null: nobody is there. */
  connect(device: Device): Line | null;
  /** Is what has just been opened cut at once? */
  isRefusing(): boolean;
  createTap(device: Device): Tap;
  getToken(userId: UserId): Promise<string>;
  violate(what: string): void;
}

/** The store takes in what was written before it was open. */
const keptMs = 1_000;
/** Waits double up to 30 s; being told that the network is back makes it try at once. */
const triesMax = 25;

export function createDevice(world: DeviceWorld): Device {
  const { time, chance, userId, name, quality, violate } = world;
  const listeners = new Set<(signal: 'online' | 'offline' | 'visible') => void>();
  const views = new Map<ConversationId, () => void>();
  const seqs = new Map<MessageId, number>();
  const sockets = new Set<WebSocket>();
  const taps = new Set<Tap>();
  let line: Line | null = null;
  let tries: number[] = [];
  /** How many other pasts the database has got, and since when this device has a socket to the present one. */
  let pasts = 0;
  let isBehind = false;
  let hasNewSocket = false;
  let online = true;
  let knowsOnline = true;
  let skewMs = 0;
  let tab: MemoryTab;
  /** Written before the browser's store was open: a page that goes now takes it along. */
  const fragile = new Map<MessageId, ConversationId>();
  let client = start();

  /** The class that the client is given: `ws` over a line of the virtual network. */
  function openSocket(url: string, protocols?: string | string[]): SocketLike {
    const tap = world.createTap(device);
    taps.add(tap);
    line = world.connect(device);
    hasNewSocket = true;
    const mine = line;
    const socket = new WebSocket(url.replace(/^https/, 'http'), protocols ?? [], {
      createConnection: () => (mine as Line).client as never,
      perMessageDeflate: false,
    });
    sockets.add(socket);
    if (world.isRefusing()) countTry();
    socket.addEventListener('open', () => {
      if (world.isRefusing()) mine?.cut();
    });
    socket.addEventListener('close', () => leave(tap));
    socket.addEventListener('message', ({ data }) => tap.heard(String(data)));
    const send = socket.send.bind(socket) as (data: string) => void;
    const close = socket.close.bind(socket);
    const end = () => {
      sockets.delete(socket);
      socket.terminate();
    };
    return Object.assign(socket, {
      send(data: string) {
        time.touch();
        tap.sent(data);
        send(data);
      },
      close(code?: number, reason?: string) {
        time.touch();
        leave(tap);
        close(code, reason);
        // The real one gives up by a real clock.
        time.after(2_000, end);
      },
    });
  }

  function leave(tap: Tap): void {
    taps.delete(tap);
    tap.ended();
  }

  /** A server that refuses is not knocked at without end (CLIENT3). */
  function countTry(): void {
    const now = time.now();
    tries = [...tries.filter((at) => at > now - 60_000), now];
    if (tries.length > triesMax)
      violate(`[CLIENT3] ${name} tries ${tries.length} times in 60 s while it is refused`);
  }

  function start(): ChatClient {
    const environment: Environment = {
      isOnline: () => knowsOnline,
      onSignal(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      reportError(error) {
        violate(`${name} has a fault: ${error instanceof Error ? error.stack : String(error)}`);
      },
    };
    tab = world.browser.tab();
    const made = createChatClient({
      persistence: tab,
      url: 'http://natter.test',
      getToken: () => world.getToken(userId),
      WebSocket: openSocket as unknown as new (url: string) => SocketLike,
      fetch: () => Promise.reject(new TypeError('this world has no HTTP')),
      runtime: {
        clock: { now: () => time.now() + skewMs, after: time.after, soon: time.soon },
        random: chance.fork(),
      },
      environment,
      pageSize: 8,
    });
    made.conversations.subscribe(() => {});
    void made.conversations.load();
    made.presence.watch(world.others);
    made.connection.subscribe(() => {
      const status = made.connection.getSnapshot();
      if (!isBehind || !hasNewSocket || status.status !== 'connected' || !status.synced) return;
      isBehind = false;
      seqs.clear();
    });
    made.persistence.subscribe(() => {
      if (made.persistence.getSnapshot().state === 'kept')
        time.after(keptMs, () => {
          if (made === client) settle();
        });
    });
    return made;
  }

  function hasOnePast(): boolean {
    return !isBehind;
  }

  function isKept(): boolean {
    return client.persistence.getSnapshot().state === 'kept';
  }

  function settle(): void {
    for (const [messageId, id] of fragile) device.sent.set(messageId, id);
    fragile.clear();
  }

  function show(id: ConversationId): void {
    const messages = client.messages(id);
    const undos = [
      messages.subscribe(() => judgeTimeline(id, messages.getSnapshot())),
      client.typing(id).subscribe(() => {}),
      client.receipts(id).subscribe(() => {}),
    ];
    views.set(id, () => {
      for (const undo of undos) undo();
    });
  }

  /** History is one run without holes, in one order for good; behind it, only what is mine and on its way. */
  function judgeTimeline(id: ConversationId, { messages }: MessagesSnapshot): void {
    let isTail = false;
    let last = messages[0]?.seq == null ? null : messages[0].seq - 1;
    const ids = new Set<MessageId>();
    for (const message of messages) {
      const { seq } = message;
      if (ids.has(message.id)) violate(`[CLIENT9] ${name} shows ${message.id} twice in ${id}`);
      ids.add(message.id);
      if (seq === null || last === null || seq !== last + 1) isTail = true;
      if (isTail && !message.isMine)
        violate(`[APPLY1] ${name} shows ${seq} after ${last} in ${id}: a hole or a wrong order`);
      if (seq === null) continue;
      if (last !== null && seq <= last && hasOnePast())
        violate(`[ORDER1] ${name} shows ${seq} after ${last} in ${id}`);
      last = seq;
      const before = seqs.get(message.id);
      if (before !== undefined && before !== seq && hasOnePast())
        violate(`[ORDER1] ${name} shows ${message.id} at ${seq}, before at ${before}`);
      seqs.set(message.id, seq);
    }
  }

  function signal(kind: 'online' | 'offline'): void {
    for (const listener of [...listeners]) listener(kind);
  }

  function end(): void {
    for (const undo of views.values()) undo();
    client.dispose();
    listeners.clear();
    for (const tap of [...taps]) leave(tap);
    for (const socket of sockets) socket.terminate();
    sockets.clear();
  }

  const device: Device = {
    name,
    userId,
    quality,
    sent: new Map(),
    read: new Map(),
    wrote(messageId, id) {
      (isKept() ? device.sent : fragile).set(messageId, id);
    },
    marked(id, seq) {
      if (isKept() && pasts === 0) device.read.set(id, Math.max(seq, device.read.get(id) ?? 0));
    },
    client: () => client,
    line: () => (line?.isOver() ? null : line),
    isOnline: () => online,
    setOnline(next, told) {
      online = next;
      if (next) device.line()?.resume();
      else {
        device.line()?.stall('up');
        device.line()?.stall('down');
      }
      if (!told && !next) return;
      if (knowsOnline === next) return;
      knowsOnline = next;
      signal(next ? 'online' : 'offline');
    },
    setSkew(ms) {
      skewMs = ms;
    },
    open(id) {
      if (!views.has(id)) show(id);
    },
    close(id) {
      views.get(id)?.();
      views.delete(id);
    },
    opened: () => [...views.keys()],
    reload(crashes) {
      const open = [...views.keys()];
      fragile.clear();
      if (crashes) {
        device.read.clear();
        tab.crash();
      }
      end();
      views.clear();
      client = start();
      for (const id of open.slice(0, 1)) show(id);
    },
    allowAnotherPast() {
      pasts += 1;
      isBehind = true;
      hasNewSocket = false;
      device.read.clear();
    },
    pending: () =>
      [...views.keys()].reduce(
        (count, id) =>
          count +
          client
            .messages(id)
            .getSnapshot()
            .messages.filter((it) => it.status === 'sending').length,
        0,
      ),
    dispose: end,
  };
  return device;
}
