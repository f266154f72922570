/**
 * Owns who is online on the other nodes (PRESENCE7). Each node tells a change at once, and every five seconds that it
 * lives and a digest of all it has: whoever has another asks for the list, in pages, so what the bus loses is put
 * right. One that is silent for twenty seconds is taken for dead. So what nodes tell one another follows who comes and
 * goes; that they live costs the same however many are connected.
 */
import type { UserId } from '@natter/protocol';
import type { Bus, Topic } from '../bus/contract.ts';
import type { Clock } from '../runtime/contract.ts';

const beatMs = 5_000;
/** In beats of ours, not by the clock: one that is set must not make all nodes dead, nor the dead stay. */
const silenceRounds = 4;
/** Nodes that leave politely keep their people this long (10 s at least): they are on their way to another. */
const farewellRounds = 3;
const pageMax = 500;
/** No user id has a space in it. */
const topic: Topic = 'presence. nodes';

/**
 * `beat`: I live, and this is the digest of all I have. `ask`: tell me all you have; to one node, or to all of them.
 * `list`: a page of all, from 0; its pages are told in one go.
 */
type News =
  | { from: string; type: 'beat'; digest: number }
  | { from: string; type: 'list'; userIds: UserId[]; page: number; last: boolean }
  | { from: string; type: 'came'; userId: UserId }
  | { from: string; type: 'went'; userId: UserId; lastSeenAt: number }
  | { from: string; type: 'ask'; to: string | null }
  | { from: string; type: 'farewell' };

export interface Nodes {
  has(userId: UserId): boolean;
  came(userId: UserId): void;
  went(userId: UserId, lastSeenAt: number): void;
  close(): void;
}

interface Node {
  userIds: Set<UserId>;
  /** Of `userIds`. */
  digest: number;
  /** Pages of a list that is not complete yet. */
  next: { pages: number; userIds: Set<UserId> };
  heardAt: number;
  roundsLeft: number;
}

export function createNodes(deps: {
  bus: Bus;
  clock: Clock;
  nodeId: string;
  /** Who is online here. */
  own(): Iterable<UserId>;
  /** Somebody came to, or is no longer on, another node; null when it is not known since when. */
  onChange(userId: UserId, lastSeenAt: number | null): void;
  /** Their node died, and nobody has stored when they were last seen. */
  onLost(userId: UserId, lastSeenAt: number): void;
}): Nodes {
  const { bus, clock, nodeId, onChange, onLost } = deps;
  const nodes = new Map<string, Node>();
  const stopHearing = bus.subscribe(topic, (payload) => {
    const news = decode(payload);
    if (news !== null && news.from !== nodeId) hear(news);
  });
  const stopBeating = clock.every(beatMs, () => {
    tell({ from: nodeId, type: 'beat', digest: digestOf(deps.own()) });
    for (const [id, node] of nodes) {
      node.roundsLeft -= 1;
      if (node.roundsLeft <= 0) forget(id, node);
    }
  });
  tell({ from: nodeId, type: 'ask', to: null });

  function tell(news: News): void {
    bus.publish(topic, new TextEncoder().encode(JSON.stringify(news)));
  }

  function tellAll(): void {
    const userIds = [...deps.own()];
    const pages = Math.max(1, Math.ceil(userIds.length / pageMax));
    for (let page = 0; page < pages; page++) {
      const some = userIds.slice(page * pageMax, (page + 1) * pageMax);
      tell({ from: nodeId, type: 'list', userIds: some, page, last: page === pages - 1 });
    }
  }

  function hear(news: News): void {
    const node = nodes.get(news.from) ?? add(news.from);
    node.heardAt = clock.now();
    node.roundsLeft = silenceRounds;
    switch (news.type) {
      case 'beat':
        if (news.digest !== node.digest) tell({ from: nodeId, type: 'ask', to: news.from });
        return;
      case 'ask':
        if (news.to === null || news.to === nodeId) tellAll();
        return;
      case 'farewell':
        node.roundsLeft = farewellRounds;
        return;
      case 'came':
        if (!node.userIds.has(news.userId)) {
          node.userIds.add(news.userId);
          node.digest = joined(node.digest, hash(news.userId));
        }
        onChange(news.userId, null);
        return;
      case 'went':
        if (node.userIds.delete(news.userId)) node.digest = joined(node.digest, -hash(news.userId));
        onChange(news.userId, news.lastSeenAt);
        return;
      case 'list':
        take(node, news);
        return;
    }
  }

  function add(id: string): Node {
    const node: Node = {
      userIds: new Set(),
      digest: 0,
      next: { pages: 0, userIds: new Set() },
      heardAt: 0,
      roundsLeft: silenceRounds,
    };
    nodes.set(id, node);
    return node;
  }

  /** A list of which a page is lost says nothing: the next one will. */
  function take(node: Node, { userIds, page, last }: Extract<News, { type: 'list' }>): void {
    if (page === 0) node.next = { pages: 0, userIds: new Set() };
    node.next.pages += 1;
    for (const userId of userIds) node.next.userIds.add(userId);
    if (!last || node.next.pages !== page + 1) return;
    const before = node.userIds;
    node.userIds = node.next.userIds;
    node.digest = digestOf(node.userIds);
    node.next = { pages: 0, userIds: new Set() };
    for (const userId of node.userIds) if (!before.has(userId)) onChange(userId, null);
    for (const userId of before) if (!node.userIds.has(userId)) onChange(userId, null);
  }

  function forget(id: string, node: Node): void {
    nodes.delete(id);
    for (const userId of node.userIds) onLost(userId, node.heardAt);
  }

  return {
    has(userId) {
      for (const node of nodes.values()) if (node.userIds.has(userId)) return true;
      return false;
    },
    came: (userId) => tell({ from: nodeId, type: 'came', userId }),
    went: (userId, lastSeenAt) => tell({ from: nodeId, type: 'went', userId, lastSeenAt }),
    close() {
      tell({ from: nodeId, type: 'farewell' });
      stopBeating();
      stopHearing();
      nodes.clear();
    },
  };
}

/** The same for the same people in any order; each can be added and taken away. */
function digestOf(userIds: Iterable<UserId>): number {
  let digest = 0;
  for (const userId of userIds) digest = joined(digest, hash(userId));
  return digest;
}

function joined(digest: number, part: number): number {
  return (digest + part) >>> 0;
}

/** FNV-1a, 32 bits. Two sets that differ share a digest once in four thousand million; the next change parts them. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return value;
}

/** Null for what this version does not understand: another node may be newer. */
function decode(payload: Uint8Array): News | null {
  try {
    const news = JSON.parse(new TextDecoder().decode(payload)) as Partial<News>;
    return typeof news.from === 'string' && typeof news.type === 'string' ? (news as News) : null;
  } catch {
    return null;
  }
}
