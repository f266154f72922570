/**
 * Owns who is online on the other nodes (PRESENCE7), as far as somebody here watches them. A node tells a change on the
 * person's own topic, to which only nodes subscribe where that person is watched; whoever begins to watch asks all
 * nodes once. What the bus loses is put right by asking again, a part of the watched every five seconds. So the cost
 * follows who is watched; that nodes live costs one message each, however many are connected.
 */
import type { UserId } from '@natter/protocol';
import type { Bus, Topic } from '../bus/contract.ts';
import type { Clock } from '../runtime/contract.ts';

const beatMs = 5_000;
/** In beats of ours, not by the clock: one that is set must not make all nodes dead, nor the dead stay. */
const silenceRounds = 4;
/** Nodes that leave politely keep their people this long (10 s at least): they are on their way to another. */
const farewellRounds = 3;
/** Of people in one question. */
const pageMax = 500;
/** All that is watched is asked for again within so many beats, and this many people at least with each. */
const rollingRounds = 6;
const rollingMin = 100;
/** An answer that takes longer is told as a change when it comes; after some beats it counts no more. */
const answerMs = 500;
const answerRounds = 2;
const asksMax = 1_000;
/** No user id has a space in it. */
const everyNode: Topic = 'presence. nodes';
const oneNode = (nodeId: string): Topic => `presence. node ${nodeId}`;

/** To every node. `beat`: I live. `ask`: who of these is with you? */
type Call =
  | { from: string; type: 'beat' }
  | { from: string; type: 'farewell' }
  | { from: string; type: 'ask'; ask: number; userIds: UserId[] };
/** To the node that asked. */
type Answer = { from: string; type: 'here'; ask: number; userIds: UserId[] };
/** To those that watch this person. */
type Change = { from: string; type: 'came' } | { from: string; type: 'went'; lastSeenAt: number };

export interface Nodes {
  /** On another node, as far as they are watched here. */
  has(userId: UserId): boolean;
  /** From now on changes are told; `locate` says how it is. Returns its undo. */
  watch(userId: UserId): () => void;
  /** Which of these are on other nodes: what is not known is asked. Resolves when all have answered, or soon. */
  locate(userIds: readonly UserId[]): Promise<ReadonlySet<UserId>>;
  came(userId: UserId): void;
  went(userId: UserId, lastSeenAt: number): void;
  close(): void;
}

interface Node {
  /** Those whom somebody here watches. */
  userIds: Set<UserId>;
  heardAt: number;
  roundsLeft: number;
}

interface Ask {
  userIds: readonly UserId[];
  found: Set<UserId>;
  /** Nodes that have not answered. */
  waitingFor: Set<string>;
  roundsLeft: number;
  end(): void;
}

/** Those who are asked for with the next question: many begin to watch at once when a node has died. */
interface Gathering {
  userIds: Set<UserId>;
  found: Promise<Set<UserId>>;
  undo: () => void;
}

export function createNodes(deps: {
  bus: Bus;
  clock: Clock;
  nodeId: string;
  isHere(userId: UserId): boolean;
  /** Where a person is whom somebody began to watch; the one who did is told otherwise. */
  onFound(userId: UserId): void;
  /** Somebody came to, or is no longer on, another node; null when it is not known since when. */
  onChange(userId: UserId, lastSeenAt: number | null): void;
  /** Their node died, and nobody has stored when they were last seen. */
  onLost(userId: UserId, lastSeenAt: number): void;
}): Nodes {
  const { bus, clock, nodeId } = deps;
  const nodes = new Map<string, Node>();
  /** Asked longest ago first. */
  const watched = new Map<UserId, () => void>();
  /** Watched, and not all nodes have said yet. */
  const fresh = new Set<UserId>();
  const asks = new Map<number, Ask>();
  let lastAsk = 0;
  let gathering: Gathering | null = null;
  const stopHearing = [
    bus.subscribe(everyNode, (payload) => receive<Call>(payload, hearCall)),
    bus.subscribe(oneNode(nodeId), (payload) => receive<Answer>(payload, hearAnswer)),
    bus.onGap(() => void locateAgain([...watched.keys()])),
  ];
  const stopBeating = clock.every(beatMs, beat);
  // Whoever answers lives.
  void locateAgain([]);

  function tell(topic: Topic, news: Call | Answer | Change): void {
    bus.publish(topic, new TextEncoder().encode(JSON.stringify(news)));
  }

  function receive<News extends Call | Answer | Change>(
    payload: Uint8Array,
    hear: (news: News, node: Node) => void,
  ): void {
    const news = decode(payload);
    if (news === null || news.from === nodeId) return;
    const node = nodes.get(news.from) ?? add(news.from);
    node.heardAt = clock.now();
    node.roundsLeft = silenceRounds;
    hear(news as News, node);
  }

  function add(id: string): Node {
    const node: Node = { userIds: new Set(), heardAt: 0, roundsLeft: silenceRounds };
    nodes.set(id, node);
    return node;
  }

  function beat(): void {
    tell(everyNode, { from: nodeId, type: 'beat' });
    for (const [id, node] of nodes) {
      node.roundsLeft -= 1;
      if (node.roundsLeft <= 0) forget(id, node);
    }
    for (const [number, ask] of asks) {
      ask.roundsLeft -= 1;
      if (ask.roundsLeft <= 0) drop(number, ask);
    }
    const count = Math.max(rollingMin, Math.ceil(watched.size / rollingRounds));
    const some = [...watched.keys()].slice(0, count);
    for (const userId of some) {
      const unsubscribe = watched.get(userId);
      watched.delete(userId);
      if (unsubscribe !== undefined) watched.set(userId, unsubscribe);
    }
    if (some.length > 0 && nodes.size > 0) void locateAgain(some);
  }

  function forget(id: string, node: Node): void {
    nodes.delete(id);
    for (const ask of asks.values()) answered(ask, id);
    for (const userId of node.userIds) deps.onLost(userId, node.heardAt);
  }

  function hearCall(news: Call, node: Node): void {
    switch (news.type) {
      case 'beat':
        return;
      case 'farewell':
        node.roundsLeft = farewellRounds;
        return;
      case 'ask': {
        const { from, ask } = news;
        const userIds = news.userIds.filter((userId) => deps.isHere(userId));
        tell(oneNode(from), { from: nodeId, type: 'here', ask, userIds });
        return;
      }
    }
  }

  function hearAnswer(news: Answer, node: Node): void {
    const ask = asks.get(news.ask);
    if (ask === undefined) return;
    const here = new Set(news.userIds);
    for (const userId of ask.userIds) {
      if (here.has(userId)) ask.found.add(userId);
      if (!watched.has(userId) || node.userIds.has(userId) === here.has(userId)) continue;
      if (here.has(userId)) node.userIds.add(userId);
      else node.userIds.delete(userId);
      if (fresh.has(userId)) deps.onFound(userId);
      else deps.onChange(userId, null);
    }
    answered(ask, news.from);
  }

  function answered(ask: Ask, by: string): void {
    ask.waitingFor.delete(by);
    if (ask.waitingFor.size === 0) ask.end();
  }

  function hearChange(userId: UserId, news: Change, node: Node): void {
    if (!watched.has(userId)) return;
    if (news.type === 'came') node.userIds.add(userId);
    else node.userIds.delete(userId);
    deps.onChange(userId, news.type === 'came' ? null : news.lastSeenAt);
  }

  function drop(number: number, ask: Ask): void {
    ask.end();
    asks.delete(number);
  }

  /** Asks every node; resolves to those who are on one. */
  function locatePage(userIds: readonly UserId[]): Promise<Set<UserId>> {
    lastAsk += 1;
    const number = lastAsk;
    const { promise, resolve } = Promise.withResolvers<Set<UserId>>();
    const found = new Set<UserId>();
    const stopWaiting = clock.after(answerMs, () => ask.end());
    const ask: Ask = {
      userIds,
      found,
      waitingFor: new Set(nodes.keys()),
      roundsLeft: answerRounds,
      end() {
        stopWaiting();
        for (const userId of userIds) fresh.delete(userId);
        ask.end = () => {};
        resolve(found);
      },
    };
    asks.set(number, ask);
    for (const [oldest, its] of asks) {
      if (asks.size <= asksMax) break;
      drop(oldest, its);
    }
    tell(everyNode, { from: nodeId, type: 'ask', ask: number, userIds: [...userIds] });
    // Nobody is known who would answer; one who does is taken all the same.
    if (ask.waitingFor.size === 0) ask.end();
    return promise;
  }

  function gather(userIds: readonly UserId[]): Promise<Set<UserId>> {
    if (gathering === null) {
      const { promise: found, resolve } = Promise.withResolvers<Set<UserId>>();
      const now: Gathering = {
        userIds: new Set(),
        found,
        undo: clock.after(0, () => {
          gathering = null;
          void locateAgain([...now.userIds]).then(resolve);
        }),
      };
      gathering = now;
    }
    for (const userId of userIds) gathering.userIds.add(userId);
    return gathering.found;
  }

  async function locateAgain(userIds: readonly UserId[]): Promise<Set<UserId>> {
    const pages: Promise<Set<UserId>>[] = [];
    for (let at = 0; at < Math.max(1, userIds.length); at += pageMax)
      pages.push(locatePage(userIds.slice(at, at + pageMax)));
    return new Set((await Promise.all(pages)).flatMap((found) => [...found]));
  }

  function has(userId: UserId): boolean {
    for (const node of nodes.values()) if (node.userIds.has(userId)) return true;
    return false;
  }

  return {
    has,
    watch(userId) {
      fresh.add(userId);
      const unsubscribe = bus.subscribe(`presence.${userId}`, (payload) =>
        receive<Change>(payload, (news, node) => hearChange(userId, news, node)),
      );
      watched.set(userId, unsubscribe);
      return () => {
        unsubscribe();
        watched.delete(userId);
        fresh.delete(userId);
        for (const node of nodes.values()) node.userIds.delete(userId);
      };
    },
    async locate(userIds) {
      const unknown = userIds.filter((userId) => fresh.has(userId) || !watched.has(userId));
      let found: ReadonlySet<UserId> = new Set();
      if (nodes.size === 0) for (const userId of unknown) fresh.delete(userId);
      else if (unknown.length > 0) found = await gather(unknown);
      return new Set(userIds.filter((userId) => found.has(userId) || has(userId)));
    },
    came: (userId) => tell(`presence.${userId}`, { from: nodeId, type: 'came' }),
    went: (userId, lastSeenAt) =>
      tell(`presence.${userId}`, { from: nodeId, type: 'went', lastSeenAt }),
    close() {
      tell(everyNode, { from: nodeId, type: 'farewell' });
      stopBeating();
      for (const stop of stopHearing) stop();
      for (const unsubscribe of watched.values()) unsubscribe();
      watched.clear();
      gathering?.undo();
      for (const [number, ask] of asks) drop(number, ask);
      nodes.clear();
    },
  };
}

/** Null for what this version does not understand: another node may be newer. */
function decode(payload: Uint8Array): Call | Answer | Change | null {
  try {
    const news = JSON.parse(new TextDecoder().decode(payload)) as Partial<Call>;
    return typeof news.from === 'string' && typeof news.type === 'string' ? (news as Call) : null;
  } catch {
    return null;
  }
}
