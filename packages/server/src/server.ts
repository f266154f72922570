/** Owns the composition: rooms, made in the order of their dependence and closed in reverse. */
import type { Server } from 'node:http';
import {
  type ConversationId,
  type Limits,
  limits as limitsOfTheWire,
  NatterError,
  type Params,
  type Result,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import { methods } from '@natter/protocol/schemas';
import type { Caller } from './auth/caller.ts';
import type { Authenticate } from './auth/contract.ts';
import { createRevocations } from './auth/revocations.ts';
import { createSignIn } from './auth/signIn.ts';
import type { Bus } from './bus/contract.ts';
import { createBatches } from './connection/batches.ts';
import { createConnections } from './connection/connections.ts';
import { createFlusher } from './connection/flusher.ts';
import { createHello } from './connection/hello.ts';
import { createConversations } from './conversations/conversations.ts';
import { createPeople } from './conversations/people.ts';
import { createDelivery } from './delivery/delivery.ts';
import { type CallMethod, createDispatch } from './dispatch/dispatch.ts';
import { createInFlight } from './dispatch/inFlight.ts';
import { createPages } from './dispatch/pages.ts';
import { createBuckets, defaultRates, type Rates } from './dispatch/rates.ts';
import type { FileStore } from './files/contract.ts';
import { createApp } from './http/app.ts';
import { attachTo } from './http/attach.ts';
import { createHealth } from './http/health.ts';
import type { Origins } from './http/peer.ts';
import { createUpgrade } from './http/upgrade.ts';
import { createMessages } from './messages/messages.ts';
import { createPresence } from './presence/presence.ts';
import { createProfiles, type ProfileNames } from './profiles/profiles.ts';
import { createReceipts } from './receipts/receipts.ts';
import type { Log, Runtime } from './runtime/contract.ts';
import { type Counters, createCounters } from './runtime/counters.ts';
import { silentLog, systemClock, systemRandom } from './runtime/system.ts';
import type { Directory, Revocation, Storage } from './storage/contract.ts';
import { createResumePoint } from './storage/resumePoint.ts';
import { createTyping } from './typing/typing.ts';
import { registerUploads } from './uploads/uploads.ts';

export interface NatterOptions {
  /** Paths under `/v1`, `/docs` and `/health` are answered by Natter; all others stay with the server's own listeners. */
  server: Server;
  storage: Storage;
  bus: Bus;
  files: FileStore;
  authenticate: Authenticate;
  /** For uploads on their way in. */
  uploadsFolder: string;
  /** Pages that may open a socket and call over HTTP. Default: only the server's own. */
  origins?: Origins | undefined;
  /** Whose word a person's name is: the token's, or their own, with the token's as the first one. Pictures are theirs. Default: `fromToken`. */
  profiles?: ProfileNames | undefined;
  /** Whom `getUsers` finds, and so whose picture may be seen: everyone, or only people one shares a conversation with that is not large. Default: everyone. */
  directory?: Directory | undefined;
  log?: Log | undefined;
  runtime?: Partial<Runtime> | undefined;
  /** Lower than those of the wire; told in `hello`. */
  limits?: Partial<Limits> | undefined;
  rates?: Partial<Rates> | undefined;
  /** Number of proxies in front whose `X-Forwarded-For` is believed. Default: 0. */
  trustProxy?: number | undefined;
  /** Bytes that may wait for one socket before it is closed with `slowConsumer`. Default: 1 MiB. */
  outboundBytesMax?: number | undefined;
  /** Calls of one socket that may await their answer. Default: 64. */
  callsInFlightMax?: number | undefined;
  /** Sockets of one person on this node; the next one is refused as `rateLimited`. Default: 50. */
  socketsPerUserMax?: number | undefined;
  connectionsMax?: number | undefined;
}

export interface Natter {
  /**
   * Makes somebody known who has not signed in yet, so that they can be added to conversations and called for; or tells
   * their new name. Nothing else comes of it than of signing in with a token that says so. Rejects with `TypeError` for an
   * id or a name that nobody can have.
   */
  saveUser(user: { userId: UserId; name: string }): Promise<void>;
  /**
   * Calls a method for somebody who has signed in before or was saved, through the same handlers and with their rights.
   * Rejects with `NatterError`. The ids of conversations and messages are chosen here, as everywhere: a call that is
   * repeated under the same id is done once. `uuidv7` of `@natter/protocol` makes them.
   */
  call<M extends CallMethod>(userId: UserId, method: M, params: Params<M>): Promise<Result<M>>;
  /**
   * Closes the sockets of this person, or of this token, on every node within 5 s. First let `authenticate` refuse what
   * is not to be taken again: here nothing of it is kept. `here`: only on this node, where each node learns of it for itself.
   */
  revoke(revocation: Revocation, where?: 'everywhere' | 'here'): void;
  /** Counts everybody and what they follow, so not for every moment. */
  stats(): NatterStats;
  /** What it counted since it started, and how it is now. Costs nothing, so for every scrape. */
  counters(): NatterCounters;
  /**
   * Is no longer ready and takes no new sockets; sends the clients elsewhere one after the other over `drainMs` (none by
   * default), and serves them meanwhile. Then lets what has begun finish (at most `graceMs`, 5,000 by default), tells who
   * is left to come back later, and lets go of the server. Storage, bus and files stay open: they are whose opened them.
   * Twice is harmless.
   */
  close(options?: { drainMs?: number; graceMs?: number }): Promise<void>;
}

export interface NatterStats {
  connections: number;
  users: number;
  conversations: number;
  callsInFlight: number;
  ephemeralDropped: number;
  slowConsumers: number;
}

export interface NatterCounters extends Readonly<Counters> {
  connections: number;
  callsInFlight: number;
  busConnected: boolean;
  draining: boolean;
}

export async function createNatter(options: NatterOptions): Promise<Natter> {
  const {
    server,
    storage,
    bus,
    files,
    authenticate,
    uploadsFolder,
    origins = 'same',
    profiles: profileNames = 'fromToken',
    directory = 'everyone',
    trustProxy = 0,
  } = options;
  const runtime: Runtime = {
    clock: options.runtime?.clock ?? systemClock,
    random: options.runtime?.random ?? systemRandom,
    log: options.log ?? options.runtime?.log ?? silentLog,
  };
  const { clock, log } = runtime;
  const limits = lowerLimits(options.limits ?? {});
  const rates = { ...defaultRates, ...options.rates };
  const { pageSizeDefault } = limits;
  const counters = createCounters(Object.keys(methods).filter((method) => method !== 'hello'));
  const inFlight = createInFlight();
  let status: 'open' | 'draining' | 'finishing' | 'closed' = 'open';
  const isDraining = () => status !== 'open';
  /** Calls are taken as long as sockets wait for their turn to be sent elsewhere. */
  const isFinishing = () => status === 'finishing' || status === 'closed';
  const newConnectionId = () => uuidv7(clock.now(), runtime.random.bytes(10));

  const nameEditable = profileNames === 'editable';
  const signIn = createSignIn({ authenticate, storage, clock, keepChosen: nameEditable });
  const resumePoint = createResumePoint(storage, clock);
  const delivery = createDelivery({ storage, resumePoint, bus, runtime, counters });
  const typing = createTyping({ storage, delivery, clock, nameOf: signIn.nameOf });
  const presence = createPresence({
    storage,
    delivery,
    bus,
    runtime,
    nodeId: newConnectionId(),
  });
  const receipts = createReceipts({ storage, delivery, runtime });
  const onSent = (caller: Caller, conversationId: ConversationId) =>
    typing.sent(caller, conversationId);
  const messages = createMessages({ storage, delivery, pageSizeDefault, onSent });
  const conversations = createConversations({ storage, delivery, pageSizeDefault });
  const people = createPeople({ storage, directory, pageSizeDefault });
  const profileRate = createBuckets({ clock, rate: rates.profile });
  const profiles = createProfiles({
    storage,
    delivery,
    names: profileNames,
    takeRate: (userId) => profileRate.take(userId),
  });
  delivery.onProfile((userId) => {
    signIn.renamed(userId).catch((error: unknown) => {
      log.warn({ error, userId }, 'unable to read a new name: typing tells the one before');
    });
  });
  const { watch } = presence;
  const { sendTyping } = typing;
  const { markAsRead, markAsDelivered } = receipts;
  const dispatch = createDispatch(
    {
      ...messages,
      ...conversations,
      ...people,
      ...profiles,
      watch,
      sendTyping,
      markAsRead,
      markAsDelivered,
    },
    counters.calls,
  );

  const buckets = {
    socket: createBuckets({ clock, rate: rates.socket }),
    user: createBuckets({ clock, rate: rates.user }),
    address: createBuckets({ clock, rate: rates.address }),
    upgrade: createBuckets({ clock, rate: rates.upgrade }),
  };
  const hello = createHello({ signIn, storage, resumePoint, limits, buckets, nameEditable, watch });
  const revocations = createRevocations({ bus, clock, newId: newConnectionId });
  const connections = createConnections({
    runtime,
    revocations,
    resumePoint,
    hello,
    dispatch,
    delivery,
    flusher: createFlusher(clock),
    batches: createBatches(),
    buckets,
    outboundBytesMax: options.outboundBytesMax ?? 1_048_576,
    callsInFlightMax: options.callsInFlightMax ?? 64,
    socketsPerUserMax: options.socketsPerUserMax ?? 50,
    onOpen: (userId) => presence.connected(userId),
    onGone: (userId, connectionId) => {
      typing.disconnected(connectionId);
      presence.disconnected(userId);
    },
    isFinishing,
    counters,
    inFlight,
    newConnectionId,
  });
  const { onUpgrade } = createUpgrade({
    connections,
    buckets: buckets.upgrade,
    origins,
    trustProxy,
    frameBytesMax: limits.frameBytesMax,
    connectionsMax: options.connectionsMax ?? 100_000,
    isDraining,
  });
  const app = await createApp({
    signIn,
    hello,
    dispatch,
    buckets,
    pages: createPages(),
    addressRate: rates.address,
    origins,
    trustProxy,
    limits,
    log,
    health: createHealth({ storage, bus, clock, isDraining }),
    isFinishing,
    inFlight,
    counters,
    registerUploads: (instance, authenticateRequest) =>
      registerUploads(instance, {
        storage,
        files,
        runtime,
        folder: uploadsFolder,
        directory,
        authenticateRequest,
        limits,
      }),
  });
  const detach = attachTo(server, {
    onRequest: (request, response) => app.routing(request, response),
    onUpgrade,
  });

  async function finish(drainMs: number, graceMs: number): Promise<void> {
    status = 'draining';
    if (drainMs > 0) await connections.drain({ windowMs: drainMs, graceMs });
    status = 'finishing';
    let undoGrace = () => {};
    const grace = new Promise<void>((resolve) => {
      undoGrace = clock.after(graceMs, resolve);
    });
    // Cursor moves that are still gathered have callers who wait too.
    await Promise.race([grace, Promise.all([receipts.flush(), inFlight.idle()])]);
    undoGrace();
    await connections.drain();
    await presence.close();
    connections.close();
    revocations.close();
    delivery.close();
    await app.close();
    detach();
    status = 'closed';
  }

  let closing: Promise<void> | null = null;
  return {
    saveUser: signIn.save,
    async call(userId, method, params) {
      if (isFinishing())
        throw new NatterError('draining', 'unable to call: this server is about to stop', {
          retryAfterMs: 1_000,
        });
      const { name } = await signIn.find(userId);
      const end = inFlight.begin();
      try {
        const { result, tell } = await dispatch.call(
          { userId, name, connectionId: null },
          method,
          params,
        );
        tell?.();
        return result as Result<typeof method>;
      } finally {
        end();
      }
    },
    revoke: revocations.revoke,
    stats: () => ({
      connections: connections.size,
      ...delivery.stats(),
      callsInFlight: inFlight.count,
      ephemeralDropped: counters.ephemeralDropped,
      slowConsumers: counters.slowConsumers,
    }),
    counters: () => ({
      ...counters,
      connections: connections.size,
      callsInFlight: inFlight.count,
      busConnected: bus.isConnected,
      draining: isDraining(),
    }),
    close({ drainMs = 0, graceMs = 5_000 } = {}) {
      closing ??= finish(drainMs, graceMs);
      return closing;
    },
  };
}

function lowerLimits(lowered: Partial<Limits>): Limits {
  const result: Record<string, number> = { ...limitsOfTheWire };
  for (const [name, value] of Object.entries(lowered)) {
    const most = result[name];
    if (most === undefined)
      throw new RangeError(`unable to start: there is no limit called ${name}`);
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new RangeError(
        `unable to start: limits.${name} must be a whole number from 1 to ${most}`,
      );
    }
    result[name] = value;
  }
  return result as Limits;
}
