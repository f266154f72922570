/**
 * Owns catching up after the bus may have lost something (REPAIR). The database says which of a person's
 * conversations changed and whether they still are a member; their sockets get the heads and fetch what they lack.
 */
import type { Head, UserId } from '@natter/protocol';
import { limits } from '@natter/protocol';
import type { Clock, Log } from '../runtime/contract.ts';
import type { Counters } from '../runtime/counters.ts';
import type { Storage } from '../storage/contract.ts';
import { encodeFrame, pingFrame } from './frame.ts';
import type { LocalUser, Roster } from './roster.ts';

const atOnceMax = 4;
/** Reading an embedded database gives nobody else a turn: so many one after another, then the others. */
const perTurnMax = 32;
const retryMs = 1_000;
/** As many changes or more: coming back with `hello` is cheaper, which then says `reset`. */
const headsMax = 1_000;

export interface Repair {
  /** What was known of this person's conversations at this point of the database's time. */
  knownAt(user: LocalUser, since: number): void;
  request(user: LocalUser): void;
  /** Something was not told to a socket of theirs: that shall be made good when it can take more. */
  lacks(user: LocalUser): void;
  isLacking(user: LocalUser): boolean;
  /** They are gone from this node. */
  forget(user: LocalUser): void;
  /** Whether everything is told that is known to have been missed. */
  isWhole(user: LocalUser): boolean;
  close(): void;
}

/** A ping, and in the same write what a page can see of it (BEAT3): nothing new, and where to resume from (HEADS8). */
export function encodeHeartbeat(since: string | null): Buffer {
  const data = { heads: [], more: false, ...(since === null ? {} : { since }) };
  return Buffer.concat([
    pingFrame,
    encodeFrame(JSON.stringify({ event: { type: 'heads', data } })),
  ]);
}

/** The heads as `heads` events, in pages, the last one saying that no more come. */
export function encodeHeads(heads: readonly Head[]): Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at < Math.max(heads.length, 1); at += limits.headsPerPageMax) {
    const page = heads.slice(at, at + limits.headsPerPageMax);
    const more = at + limits.headsPerPageMax < heads.length;
    frames.push(
      encodeFrame(JSON.stringify({ event: { type: 'heads', data: { heads: page, more } } })),
    );
  }
  return frames;
}

export function createRepair(deps: {
  storage: Pick<Storage, 'listHeads'>;
  resumePoint: () => Promise<number>;
  roster: Roster;
  clock: Clock;
  log: Log;
  counters: Pick<Counters, 'repairs'>;
  onLeft: (user: LocalUser, conversationId: string) => void;
}): Repair {
  const { storage, roster, clock, log } = deps;
  const since = new WeakMap<LocalUser, number>();
  /** Bounded by the people connected to this node. */
  const waiting = new Set<LocalUser>();
  const running = new Set<LocalUser>();
  const retries = new Map<LocalUser, () => void>();
  const lacking = new Set<LocalUser>();
  let closed = false;
  let begunInTurn = 0;
  let undoTurn: (() => void) | null = null;

  function next(): void {
    for (const user of waiting) {
      if (running.size >= atOnceMax || begunInTurn >= perTurnMax) return;
      if (running.has(user)) continue;
      waiting.delete(user);
      if (roster.users.get(user.userId) !== user) continue;
      running.add(user);
      begunInTurn += 1;
      undoTurn ??= clock.after(0, endTurn);
      void repair(user).then(
        () => finished(user),
        (error: unknown) => {
          log.warn({ error, userId: user.userId }, 'unable to read what was missed: trying again');
          requestAfter(user, retryMs);
          finished(user);
        },
      );
    }
  }

  function endTurn(): void {
    undoTurn = null;
    begunInTurn = 0;
    next();
  }

  function finished(user: LocalUser): void {
    running.delete(user);
    if (!closed) next();
  }

  function requestAfter(user: LocalUser, ms: number): void {
    if (closed) return;
    const undo = clock.after(ms, () => {
      retries.delete(user);
      request(user);
    });
    retries.set(user, undo);
  }

  function request(user: LocalUser): void {
    if (closed || retries.has(user) || roster.users.get(user.userId) !== user) return;
    waiting.add(user);
    next();
  }

  async function repair(user: LocalUser): Promise<void> {
    deps.counters.repairs += 1;
    const wasLacking = lacking.delete(user);
    try {
      await tellHeads(user);
    } catch (error) {
      if (wasLacking) lacks(user);
      throw error;
    }
  }

  function lacks(user: LocalUser): void {
    if (roster.users.get(user.userId) === user) lacking.add(user);
  }

  async function tellHeads(user: LocalUser): Promise<void> {
    const point = await deps.resumePoint();
    const heads = await storage.listHeads(
      user.userId as UserId,
      since.get(user) ?? point,
      headsMax,
    );
    if (closed || roster.users.get(user.userId) !== user) return;
    if (heads.length >= headsMax) {
      for (const recipient of [...user.recipients]) recipient.giveUp();
      return;
    }
    since.set(user, point);
    const versions = new Map<string, number>();
    let again = false;
    for (const head of heads) {
      versions.set(head.conversationId, head.version);
      if (head.membership === 'left') {
        if (roster.leave(user, head.conversationId, head.version))
          deps.onLeft(user, head.conversationId);
      } else {
        const { conversationId, version } = head;
        const at = { version, from: version, memberCount: 0 };
        const hasBegun = roster.join(user, conversationId, at) === 'begun';
        // Delivered to the others here while this was read.
        if (hasBegun && (roster.conversations.get(conversationId)?.version ?? 0) > version)
          again = true;
      }
    }
    for (const { conversationId, unsettled } of user.follows) {
      const mine = unsettled?.get(user);
      if (mine === undefined || !mine.suspect) continue;
      mine.from = Math.max(mine.from, versions.get(conversationId) ?? 0);
      if (mine.skipped > mine.from) again = true;
      else mine.suspect = false;
      mine.skipped = 0;
    }
    if (heads.length > 0) {
      for (const frame of encodeHeads(heads))
        for (const recipient of user.recipients) recipient.write(frame, false);
    }
    if (again) waiting.add(user);
  }

  return {
    knownAt: (user, at) => void since.set(user, at),
    request,
    lacks,
    isLacking: (user) => lacking.has(user),
    forget(user) {
      waiting.delete(user);
      lacking.delete(user);
      retries.get(user)?.();
      retries.delete(user);
    },
    isWhole: (user) =>
      !lacking.has(user) && !waiting.has(user) && !running.has(user) && !retries.has(user),
    close() {
      closed = true;
      waiting.clear();
      lacking.clear();
      for (const undo of retries.values()) undo();
      retries.clear();
      undoTurn?.();
    },
  };
}
