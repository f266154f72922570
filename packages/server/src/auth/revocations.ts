/**
 * Owns the end of tokens before their time, on every node (AUTH5). Told over the bus, repeated for some seconds, and
 * again when a node may have missed something. What is revoked is not stored: whether a token is taken again is the
 * word of `authenticate`.
 */
import type { Bus, Topic } from '../bus/contract.ts';
import type { Clock } from '../runtime/contract.ts';
import type { Revocation } from '../storage/contract.ts';
import type { Identity } from './contract.ts';

export interface Revocations {
  /** `here`: only on this node, where each node learns of it for itself. */
  revoke(revocation: Revocation, where?: 'everywhere' | 'here'): void;
  /** How many have been heard of: a mark to look back to. */
  readonly count: number;
  /** Whether this token was revoked after the mark, while it was being looked at. */
  isRevokedSince(mark: number, identity: Identity): boolean;
  /** Calls for each, once. Returns its undo. */
  onRevoked(listener: (isConcerned: (identity: Identity) => boolean) => void): () => void;
  close(): void;
}

/** No user id has a space in it. */
const topic: Topic = 'presence. revocations';
const repeats = 4;
const repeatMs = 1_000;
/** Whoever was cut off for longer finds its sockets cut off as well. */
const keepMs = 3_600_000;
const keptMax = 10_000;

type News = { type: 'revoked'; id: string; what: Revocation } | { type: 'ask' };

export function createRevocations(deps: {
  bus: Bus;
  clock: Clock;
  newId: () => string;
}): Revocations {
  const { bus, clock, newId } = deps;
  const listeners = new Set<(isConcerned: (identity: Identity) => boolean) => void>();
  /** By id, in the order of hearing; `mine` were made here. */
  const kept = new Map<string, { what: Revocation; at: number; ordinal: number; mine: boolean }>();
  const undoRepeats = new Set<() => void>();
  let count = 0;
  const stopHearing = bus.subscribe(topic, (payload) => {
    const news = decode(payload);
    if (news?.type === 'revoked') hear(news.id, news.what, false);
    else if (news?.type === 'ask') tellMine();
  });
  const stopGap = bus.onGap(() => {
    tell({ type: 'ask' });
  });

  function tell(news: News): void {
    bus.publish(topic, new TextEncoder().encode(JSON.stringify(news)));
  }

  function tellMine(): void {
    forgetOld();
    for (const [id, { what, mine }] of kept) if (mine) tell({ type: 'revoked', id, what });
  }

  function hear(id: string, what: Revocation, mine: boolean): void {
    if (kept.has(id)) return;
    count += 1;
    kept.set(id, { what, at: clock.now(), ordinal: count, mine });
    forgetOld();
    for (const listener of listeners) listener((identity) => concerns(what, identity));
  }

  function forgetOld(): void {
    for (const [id, { at }] of kept) {
      if (kept.size <= keptMax && clock.now() - at < keepMs) return;
      kept.delete(id);
    }
  }

  function repeat(news: News, left: number): void {
    const undo = clock.after(repeatMs, () => {
      undoRepeats.delete(undo);
      tell(news);
      if (left > 1) repeat(news, left - 1);
    });
    undoRepeats.add(undo);
  }

  return {
    revoke(what, where = 'everywhere') {
      const id = newId();
      hear(id, what, where === 'everywhere');
      if (where === 'here') return;
      tell({ type: 'revoked', id, what });
      // The bus may lose one; beyond so many at once, it is not asked to carry more.
      if (undoRepeats.size < keptMax) repeat({ type: 'revoked', id, what }, repeats);
    },
    get count() {
      return count;
    },
    isRevokedSince(mark, identity) {
      if (count === mark) return false;
      for (const { what, ordinal } of kept.values())
        if (ordinal > mark && concerns(what, identity)) return true;
      return false;
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      stopHearing();
      stopGap();
      for (const undo of undoRepeats) undo();
      undoRepeats.clear();
    },
  };
}

function concerns(what: Revocation, { userId, tokenId }: Identity): boolean {
  return 'userId' in what ? what.userId === userId : what.tokenId === tokenId;
}

/** Null for what this version does not understand: another node may be newer. */
function decode(payload: Uint8Array): News | null {
  try {
    const news = JSON.parse(new TextDecoder().decode(payload)) as Partial<{
      type: string;
      id: unknown;
      what: Partial<Record<'userId' | 'tokenId', unknown>>;
    }>;
    if (news.type === 'ask') return { type: 'ask' };
    const { id, what } = news;
    if (news.type !== 'revoked' || typeof id !== 'string') return null;
    const isWhole = typeof what?.userId === 'string' || typeof what?.tokenId === 'string';
    return isWhole ? { type: 'revoked', id, what: what as Revocation } : null;
  } catch {
    return null;
  }
}
