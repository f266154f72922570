/**
 * Owns who is online, and what a socket watches. Online while any socket is connected; offline is told 10 s after
 * the last one is gone, so that a page reload does not flicker. Only people who watch somebody are told, and they
 * may watch only people they share a conversation with. Each node tells its own watchers, of all nodes' people.
 */
import type { UserId, WatchedPerson, WatchParams, WatchResult } from '@natter/protocol';
import { timings } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import type { Bus } from '../bus/contract.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { Recipient } from '../delivery/roster.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { Storage } from '../storage/contract.ts';
import { createNodes } from './nodes.ts';

export interface Presence {
  connected(userId: UserId): void;
  disconnected(userId: UserId): void;
  watch(caller: Caller, params: WatchParams): Promise<Answer<WatchResult>>;
  isOnline(userId: string): boolean;
  /** Stores when the people connected now were last seen, without telling: this node goes away. */
  close(): Promise<void>;
}

type Known =
  | { status: 'online'; sockets: number }
  | { status: 'leaving'; lastSeenAt: number; undoOffline: () => void };

/** What one socket is about to watch. */
interface Settling {
  params: WatchParams;
  /** Whom it took for online when it was last told; null: it is told with the answer. */
  before: ReadonlySet<string> | null;
}

export function createPresence(deps: {
  storage: Storage;
  delivery: Delivery;
  bus: Bus;
  runtime: Runtime;
  nodeId: string;
}): Presence {
  const { storage, delivery, bus, nodeId } = deps;
  const { clock, log } = deps.runtime;
  const known = new Map<UserId, Known>();
  /** Whom those who watch them here take for online. */
  const told = new Set<UserId>();
  const nodes = createNodes({
    bus,
    clock,
    nodeId,
    isHere: (userId) => known.has(userId),
    onFound: settleSilently,
    onChange: (userId, lastSeenAt) => void settleOne(userId, lastSeenAt),
    onLost: (userId, lastSeenAt) => void offline(userId, lastSeenAt),
  });
  /** Of somebody who is not watched here: on this node. */
  const isOnline = (userId: UserId) => known.has(userId) || nodes.has(userId);
  delivery.watching.onWatched((userId) => {
    settleSilently(userId);
    const unwatch = nodes.watch(userId);
    return () => {
      unwatch();
      if (!known.has(userId)) told.delete(userId);
    };
  });
  /** Of a socket, the latest: an earlier one that is still reading must not undo it. */
  const settling = new WeakMap<Recipient, Settling>();

  const stopLeft = delivery.onLeft((_conversationId, userId) => {
    const watchers = new Set<UserId>([userId]);
    for (const recipient of delivery.watching.watchersOf(userId)) watchers.add(recipient.userId);
    for (const watcher of watchers) recheck(watcher);
  });

  /** Whom I share no conversation with any more, I no longer watch. */
  function recheck(userId: UserId): void {
    for (const recipient of delivery.recipientsOf(userId)) {
      const watching = delivery.watching.get(recipient);
      const { params, before } = settling.get(recipient) ?? {
        params: watching as WatchParams,
        before: new Set(watching.userIds.filter((id) => told.has(id as UserId))),
      };
      if (params.conversationIds.length + params.userIds.length === 0) continue;
      // Nobody until the database has answered: what is uncertain is not told.
      delivery.watching.set(recipient, { ...watching, userIds: [] });
      settle(userId, recipient, { params, before })
        .then((allowed) => tellMissed(allowed, before))
        .catch((error: unknown) => {
          log.warn(
            { error, userId },
            'unable to check whom somebody may still watch: they watch nobody until they ask again',
          );
        });
    }
  }

  /** What became of these while nobody was told of them. */
  async function tellMissed(
    userIds: readonly UserId[],
    before: ReadonlySet<string> | null,
  ): Promise<void> {
    await nodes.locate(userIds);
    const changed = userIds.filter((id) => isOnline(id) !== before?.has(id));
    for (const { id, lastSeenAt } of await readInPages(storage, changed)) {
      const online = isOnline(id);
      const type = online ? 'userOnline' : 'userOffline';
      delivery.tellPresence({ type, userId: id, data: { lastSeenAt: online ? null : lastSeenAt } });
    }
  }

  /** Registers first, then reads where they are, so that no change falls between. */
  async function settle(
    userId: UserId,
    recipient: Recipient | null,
    its: Settling,
  ): Promise<UserId[]> {
    if (recipient !== null) settling.set(recipient, its);
    const others = [...new Set(its.params.userIds)].filter((id) => id !== userId);
    try {
      const allowed =
        others.length === 0 ? [] : await storage.whoSharesConversation(userId, others);
      const isLatest = recipient !== null && settling.get(recipient) === its;
      if (isLatest && [...delivery.recipientsOf(userId)].includes(recipient)) {
        // While it is uncertain too: typing is told to members only, and nobody asks again once it is settled.
        const conversationIds = its.params.conversationIds.filter((id) =>
          delivery.mayBeMember(id, userId),
        );
        delivery.watching.set(recipient, { conversationIds, userIds: allowed });
      }
      return allowed;
    } finally {
      if (recipient !== null && settling.get(recipient) === its) settling.delete(recipient);
    }
  }

  async function offline(userId: UserId, lastSeenAt: number): Promise<void> {
    if (!isOnline(userId)) {
      try {
        await storage.setLastSeen(userId, lastSeenAt);
      } catch (error) {
        log.warn({ error, userId }, 'unable to store when somebody was last seen');
      }
    }
    // Back meanwhile: that is no news.
    settleOne(userId, lastSeenAt);
  }

  /** Whoever begins to watch has it with the answer. */
  function settleSilently(userId: UserId): void {
    if (isOnline(userId)) told.add(userId);
    else told.delete(userId);
  }

  /** Tells those who watch here, if it is news. */
  function settleOne(userId: UserId, lastSeenAt: number | null): void {
    const online = isOnline(userId);
    if (online === told.has(userId)) return;
    if (online) told.add(userId);
    else told.delete(userId);
    const type = online ? 'userOnline' : 'userOffline';
    delivery.tellPresence({ type, userId, data: { lastSeenAt: online ? null : lastSeenAt } });
  }

  return {
    connected(userId) {
      const before = known.get(userId);
      if (before?.status === 'online') {
        before.sockets += 1;
        return;
      }
      before?.undoOffline();
      known.set(userId, { status: 'online', sockets: 1 });
      if (before !== undefined) return;
      nodes.came(userId);
      settleOne(userId, null);
    },

    disconnected(userId) {
      const before = known.get(userId);
      if (before?.status !== 'online') return;
      before.sockets -= 1;
      if (before.sockets > 0) return;
      const lastSeenAt = clock.now();
      const undoOffline = clock.after(timings.offlineDelayMs, () => {
        known.delete(userId);
        nodes.went(userId, lastSeenAt);
        void offline(userId, lastSeenAt);
      });
      known.set(userId, { status: 'leaving', lastSeenAt, undoOffline });
    },

    async watch(caller, params) {
      let recipient: Recipient | null = null;
      for (const own of delivery.recipientsOf(caller.userId))
        if (own.connectionId === caller.connectionId) recipient = own;
      const allowed = await settle(caller.userId, recipient, { params, before: null });
      const [elsewhere, users] = await Promise.all([
        nodes.locate(allowed),
        readInPages(storage, allowed),
      ]);
      const presence: WatchedPerson[] = users.map(({ id, name, picture, lastSeenAt }) => ({
        userId: id,
        name,
        picture,
        // A call without a socket watches nobody, and knows what was answered.
        online: isOnline(id) || (recipient === null && elsewhere.has(id)),
        lastSeenAt,
      }));
      return { result: { presence } };
    },

    isOnline: (userId) => isOnline(userId as UserId),

    async close() {
      stopLeft();
      nodes.close();
      const now = clock.now();
      const last = [...known].map(([userId, state]) => ({
        userId,
        at: state.status === 'online' ? now : state.lastSeenAt,
      }));
      for (const state of known.values()) if (state.status === 'leaving') state.undoOffline();
      known.clear();
      const results = await Promise.allSettled(
        last.map(({ userId, at }) => storage.setLastSeen(userId, at)),
      );
      for (const result of results) {
        if (result.status === 'rejected')
          log.warn({ error: result.reason }, 'unable to store when somebody was last seen');
      }
    },
  };
}

const usersPerRead = 100;

async function readInPages(storage: Storage, ids: readonly UserId[]) {
  const users = [];
  for (let at = 0; at < ids.length; at += usersPerRead)
    users.push(...(await storage.getUsers(ids.slice(at, at + usersPerRead))));
  return users;
}
