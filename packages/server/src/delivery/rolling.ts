/**
 * Owns the rolling check (REPAIR3): what the bus lost without a word is found by comparing with the database. Every
 * five seconds each conversation that is followed here and each person who is connected here is looked at once, many
 * in one query, spread over that time. What is read may be on its way still, so it is compared a second later.
 */
import type { ConversationId, UserId } from '@natter/protocol';
import type { Clock, Log } from '../runtime/contract.ts';
import type { ConversationVersion, MembershipChange, Storage } from '../storage/contract.ts';
import { settleCursors } from './cursors.ts';
import type { Followed, LocalUser, Roster } from './roster.ts';

const periodMs = 5_000;
const graceMs = 1_000;
const batchMax = 500;
const changesMax = 1_000;

export interface Rolling {
  /** Whether everything that was committed before `point` has been compared since. */
  hasLookedAfter(point: number): boolean;
  /** Compares this conversation out of turn, and waits for nothing that may be on its way. */
  lookSoon(conversationId: ConversationId): void;
  close(): void;
}

export function createRolling(deps: {
  storage: Pick<Storage, 'resumePoint' | 'listVersions' | 'listMembershipChanges'>;
  roster: Roster;
  clock: Clock;
  log: Log;
  /** This conversation has got to `version`, and not all of it was delivered here. */
  onMissed: (followed: Followed, version: number) => void;
  /** Cursors moved in it, and not every move was told here. */
  onCursorsMissed: (followed: Followed) => void;
  /** What this person is a member of may be otherwise than is known here. */
  onUncertain: (user: LocalUser) => void;
}): Rolling {
  const { storage, roster, clock, log } = deps;
  /** Memberships that changed before this point were compared by an earlier round. */
  let comparedUntil: number | null = null;
  let undoNext = clock.after(periodMs, () => void round());
  const undoGraces = new Set<() => void>();
  /** Bounded by what is followed here. */
  const soon = new Set<ConversationId>();
  let undoSoon: (() => void) | null = null;
  let closed = false;
  let wholeAt = clock.now();
  let failed = false;

  async function round(): Promise<void> {
    const begunAt = clock.now();
    failed = false;
    const [point, stepsForPeople] = await lookFrom();
    const steps = [
      ...inBatches([...roster.conversations.keys()] as ConversationId[]).map(
        (ids) => () => lookAtConversations(ids, afterGrace),
      ),
      ...stepsForPeople,
    ];
    const pauseMs = (periodMs - 2 * graceMs) / Math.max(1, steps.length);
    for (const step of steps) {
      await pause(pauseMs);
      if (closed) return;
      await guarded(step);
    }
    await pause(periodMs - pauseMs * steps.length);
    // What could not be compared is by the next round.
    if (!failed) comparedUntil = point;
    if (!failed && undoGraces.size === 0) wholeAt = begunAt;
    if (!closed) void round();
  }

  /** Where the next round begins, if this one can read all it wants; and this one's looks at people. */
  async function lookFrom(): Promise<[number | null, (() => Promise<void>)[]]> {
    let point = comparedUntil;
    await guarded(async () => {
      point = await storage.resumePoint();
    });
    comparedUntil ??= point;
    const since = comparedUntil;
    if (since === null) return [point, []];
    const steps = inBatches([...roster.users.keys()] as UserId[]).map(
      (ids) => () => lookAtPeople(ids, since),
    );
    return [point, steps];
  }

  async function lookAtConversations(
    ids: readonly ConversationId[],
    later: (call: () => void) => void,
  ): Promise<void> {
    const read = await storage.listVersions(ids);
    const isBehind = (followed: Followed | undefined, { version }: ConversationVersion) =>
      followed !== undefined && followed.version < version;
    const lacksCursors = (followed: Followed | undefined, at: ConversationVersion) =>
      followed !== undefined && (followed.cursors.version ?? 0) < at.cursorVersion;
    const suspects = read.filter((at) => {
      const followed = roster.conversations.get(at.conversationId);
      if (followed?.cursors.version === null && at.cursorVersion === 0)
        settleCursors(followed.cursors, 0);
      return isBehind(followed, at) || lacksCursors(followed, at);
    });
    if (suspects.length === 0) return;
    later(() => {
      for (const at of suspects) {
        const followed = roster.conversations.get(at.conversationId);
        if (followed === undefined) continue;
        if (lacksCursors(followed, at)) {
          settleCursors(followed.cursors, at.cursorVersion);
          deps.onCursorsMissed(followed);
        }
        if (isBehind(followed, at)) deps.onMissed(followed, at.version);
      }
    });
  }

  async function lookAtPeople(ids: readonly UserId[], since: number): Promise<void> {
    const read = await storage.listMembershipChanges(ids, since, changesMax);
    const isCut = read.length >= changesMax;
    if (isCut && ids.length > 1) {
      // More than one look can take in.
      const half = Math.ceil(ids.length / 2);
      await lookAtPeople(ids.slice(0, half), since);
      await lookAtPeople(ids.slice(half), since);
      return;
    }
    // Of one person: repaired, in pages.
    const uncertain = () => [
      ...new Set(isCut ? ids : read.filter(isUnknown).map(({ userId }) => userId)),
    ];
    if (uncertain().length === 0) return;
    afterGrace(() => {
      for (const userId of uncertain()) {
        const user = roster.users.get(userId);
        if (user !== undefined) deps.onUncertain(user);
      }
    });
  }

  function isUnknown({ userId, conversationId, version, isMember }: MembershipChange): boolean {
    const user = roster.users.get(userId);
    if (user === undefined) return false;
    const memberSince = roster.conversations.get(conversationId)?.followers.get(user);
    return isMember
      ? memberSince === undefined
      : memberSince !== undefined && version > memberSince;
  }

  function afterGrace(call: () => void): void {
    const undo = clock.after(graceMs, () => {
      undoGraces.delete(undo);
      if (!closed) call();
    });
    undoGraces.add(undo);
  }

  function endWaitForSoon(): void {
    undoSoon = null;
    const ids = [...soon];
    soon.clear();
    for (const some of inBatches(ids)) {
      lookAtConversations(some, (call) => closed || call()).catch((error: unknown) => {
        log.warn({ error }, 'unable to look at what is new here: the next round will');
      });
    }
  }

  /** Not until a time: then a node that is behind would give sockets no turn, and a clock that is set stop it. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      undoNext = clock.after(ms, resolve);
    });
  }

  async function guarded(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      failed = true;
      if (!closed) log.warn({ error }, 'unable to look for what the bus lost: the next round will');
    }
  }

  return {
    hasLookedAfter: (point) => wholeAt >= point,
    lookSoon(conversationId) {
      if (closed || !roster.conversations.has(conversationId)) return;
      soon.add(conversationId);
      undoSoon ??= clock.after(0, endWaitForSoon);
    },
    close() {
      closed = true;
      undoNext();
      undoSoon?.();
      for (const undo of undoGraces) undo();
      undoGraces.clear();
    },
  };
}

function inBatches<Id>(ids: readonly Id[]): Id[][] {
  const batches: Id[][] = [];
  for (let at = 0; at < ids.length; at += batchMax) batches.push(ids.slice(at, at + batchMax));
  return batches;
}
