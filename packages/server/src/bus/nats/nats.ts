/**
 * Owns the bus between nodes by NATS, core subjects only. A node subscribes to what its own subscribers want, once each.
 * They are told of its own messages here, at once and in order, whether NATS is there or not; what other nodes missed
 * while it was away is lost, and healed from the database (REPAIR).
 */
import {
  type NatsConnection,
  PermissionViolationError,
  type Subscription,
} from '@nats-io/transport-node';
import type { Runtime } from '../../runtime/contract.ts';
import type { Bus, Topic } from '../contract.ts';
import { createSubscribers } from '../subscribers.ts';
import { readNatsUrl } from './address.ts';
import { dial, isAway, redialMs } from './dial.ts';
import { subjectOf } from './subjects.ts';
import { createUnread } from './unread.ts';

/** Where NATS is away, a node starts without it after so long. */
const startMs = 5_000;
const settleMs = 1_000;
const closeMs = 2_000;
/** Faults of many subscriptions are one gap. */
const gapDelayMs = 1_000;

/** Why a node cannot use this NATS: somebody has to change something. */
export class BusError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'BusError';
  }
}

export interface NatsBusOptions {
  /** As in `nats://user:password@one:4222,two:4222?prefix=team`. */
  url: string;
  runtime: Runtime;
  /** Told when a subscriber throws: one must not keep the others from their message. */
  onError?: (error: unknown) => void;
}

/** `returning`: connected, but whether what is subscribed to is told is not known yet. */
type Status = 'away' | 'returning' | 'live' | 'closed';

/**
 * Resolves when NATS is reached, or is away for five seconds: then the node works alone until it is there. Rejects with
 * `BusError` when the address is wrong or NATS refuses this node: waiting would not help.
 */
export async function openNats(options: NatsBusOptions): Promise<Bus> {
  const { clock, random, log } = options.runtime;
  const reading = readNatsUrl(options.url);
  if ('problem' in reading) throw new BusError(`the address of NATS ${reading.problem}`);
  const address = reading.value;
  let status: Status = 'away';
  /** Dials again by itself while it is lost. */
  let connection: NatsConnection | null = null;
  /** Which return it is: an earlier one that is still waiting says nothing. */
  let returning: object | null = null;
  let dialling: Promise<void> | null = null;
  let undoRedial = () => {};
  let undoGap: (() => void) | null = null;
  let unsent = 0;
  /** Whether something was subscribed to since NATS was last asked to answer; and that answer. */
  let isUnsettled = false;
  let settling: Promise<void> | null = null;
  const subscriptions = new Map<Topic, Subscription>();
  /** Bounded by what is subscribed to. */
  const refused = new Set<Topic>();
  const unread = createUnread();
  const subscribers = createSubscribers({
    onError: options.onError ?? (() => {}),
    onFirst: subscribeTo,
    onLast(topic) {
      subscriptions.get(topic)?.unsubscribe();
      subscriptions.delete(topic);
      refused.delete(topic);
    },
  });

  const isClosed = () => status === 'closed';
  const isUp = () => status === 'returning' || status === 'live';

  function subscribeTo(topic: Topic): void {
    if (connection === null || !isUp()) return;
    isUnsettled = true;
    const callback = (error: Error | null, message: { data: Uint8Array }) => {
      if (error === null) subscribers.tell(topic, message.data);
      else subscriptionFailed(topic, error);
    };
    subscriptions.set(topic, connection.subscribe(subjectOf(address.prefix, topic), { callback }));
  }

  function subscriptionFailed(topic: Topic, error: Error): void {
    if (!subscribers.has(topic)) return;
    subscriptions.delete(topic);
    refused.add(topic);
    log.error({ error, topic }, 'NATS refuses a subscription: give this user the right to it');
    undoGap ??= clock.after(gapDelayMs, () => {
      undoGap = null;
      subscribers.gap();
    });
  }

  async function reach(): Promise<void> {
    const reached = await dial(address, random);
    if (status === 'closed') return await reached.close();
    connection = reached;
    subscriptions.clear();
    void watch(reached);
    await returned(reached);
  }

  /** Only once NATS has answered behind the subscriptions is the gap over, and may it be told. */
  async function returned(to: NatsConnection): Promise<void> {
    status = 'returning';
    const round = {};
    returning = round;
    unread.clear();
    refused.clear();
    for (const topic of subscribers.topics()) if (!subscriptions.has(topic)) subscribeTo(topic);
    try {
      await to.flush();
    } catch {
      // Lost again: the next return is told of too.
      return;
    }
    if (returning !== round || !isUp()) return;
    status = 'live';
    log.info({ server: to.getServer(), unsent }, 'connected to NATS');
    unsent = 0;
    subscribers.gap();
  }

  async function watch(watched: NatsConnection): Promise<void> {
    for await (const news of watched.status()) {
      if (status === 'closed') return;
      if (news.type === 'disconnect') {
        status = 'away';
        log.warn({ server: news.server }, 'the connection to NATS is lost: dialling again');
      } else if (news.type === 'reconnect') void returned(watched);
      else if (news.type === 'error' && !isOfSubscription(news.error))
        log.error({ error: news.error }, 'NATS refuses something of this node');
    }
    if (isClosed()) return;
    // The library has given up, which it is asked not to.
    status = 'away';
    redial();
  }

  function redial(): void {
    undoRedial = clock.after(redialMs(random), () => {
      dialling = reach().catch((error: unknown) => {
        if (isClosed()) return;
        if (!isAway(error)) log.error({ error }, 'unable to use NATS: dialling again');
        redial();
      });
    });
  }

  function send(topic: Topic, payload: Uint8Array): void {
    if (connection === null || !isUp() || !unread.takes(payload.length)) {
      unsent += 1;
      return;
    }
    try {
      connection.publish(subjectOf(address.prefix, topic), payload);
      unread.sent(connection, payload.length);
    } catch (error) {
      unsent += 1;
      log.error({ error, topic }, 'unable to publish: other nodes will find out by themselves');
    }
  }

  async function start(): Promise<void> {
    const reached = reach();
    dialling = reached.catch(() => {});
    let undoWait = () => {};
    const waited = new Promise<'waited'>((resolve) => {
      undoWait = clock.after(startMs, () => resolve('waited'));
    });
    try {
      if ((await Promise.race([reached, waited])) !== 'waited') return;
      dialling = reached.catch(redial);
    } catch (error) {
      if (!isAway(error)) {
        status = 'closed';
        const why = error instanceof Error ? error.message : String(error);
        throw new BusError(`unable to use NATS at ${address.servers.join(', ')}: ${why}`, {
          cause: error,
        });
      }
      redial();
    } finally {
      undoWait();
    }
    log.warn(
      { servers: address.servers },
      'NATS is away: this node serves its own sockets, and hears other nodes by the database until it is there',
    );
  }

  async function close(): Promise<void> {
    const wasUp = isUp();
    status = 'closed';
    undoRedial();
    undoGap?.();
    subscribers.clear();
    if (connection !== null) {
      // What was published last is on its way.
      if (wasUp) await withinMs(closeMs, connection.flush());
      await connection.close();
    }
    await withinMs(closeMs, dialling ?? Promise.resolve());
  }

  /** Resolves after so long whatever happens. */
  function withinMs(ms: number, done: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const undo = clock.after(ms, resolve);
      const end = () => {
        undo();
        resolve();
      };
      done.then(end, end);
    });
  }

  await start();
  let closing: Promise<void> | null = null;
  return {
    publish(topic, payload) {
      if (isClosed()) return;
      send(topic, payload);
      subscribers.tell(topic, payload);
    },
    subscribe(topic, receive) {
      return isClosed() ? () => {} : subscribers.add(topic, receive);
    },
    subscribed() {
      if (connection === null || !isUp()) return null;
      if (!isUnsettled) return settling;
      isUnsettled = false;
      const mine = withinMs(settleMs, connection.flush()).then(() => {
        if (settling === mine) settling = null;
      });
      settling = mine;
      return mine;
    },
    onGap: subscribers.onGap,
    get isConnected() {
      return status === 'live' && refused.size === 0;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

/** Those are told to the subscription itself. */
function isOfSubscription(error: Error): boolean {
  return error instanceof PermissionViolationError && error.operation === 'subscription';
}
