/**
 * Owns the order of what is applied (APPLY) and the repair of what was missed (HEADS). For each conversation it knows
 * which version this device has got to. It knows nothing of messages or lists: it hands over, in order, once.
 */
import {
  type ConversationEntry,
  type ConversationId,
  type DurableEvent,
  decideOrder,
  type GetChangesResult,
  type Head,
  limits,
  type Member,
  NatterError,
  type ServerEvent,
  timings,
} from '@natter/protocol';
import { asError, type Call } from '../connection/calls.ts';
import type { Clock } from '../runtime/contract.ts';
import type { Batch } from '../store/batch.ts';
import { createHeld } from './held.ts';

export interface SyncTargets {
  /** Has this device messages of it? Then what it missed is fetched row by row; else its entry is enough. */
  isOpen(id: ConversationId): boolean;
  isMe(event: DurableEvent): boolean;
  apply(event: DurableEvent): void;
  applyChanges(id: ConversationId, changes: GetChangesResult): void;
  applyEntries(entries: readonly ConversationEntry[]): void;
  /** Only my cursor moved. */
  applyCursor(head: Head): void;
  /** Are cursors of its members kept that are older than `cursorVersion`, and in no entry? */
  lacksCursors(id: ConversationId, cursorVersion: number): boolean;
  /** The members of a group; `complete`: all of them. False: older than what was told already. */
  applyMembers(entry: ConversationEntry, members: readonly Member[], complete: boolean): boolean;
  remove(id: ConversationId): void;
  /** Too much changed: take the newest page. Resolves with the version it is of. */
  reload(id: ConversationId): Promise<number>;
}

export interface Sync {
  receive(event: ServerEvent): void;
  /** A durable change that this device made and that was acknowledged. */
  acknowledged(event: DurableEvent): void;
  /** Entries came in with their versions, as of a moment ago. */
  entries(entries: readonly ConversationEntry[]): void;
  /** Compares; resolves when what is missing has been fetched. */
  heads(heads: readonly Head[]): Promise<void>;
  /** What these tell of could not be fetched now: that is tried again until this device has got there. */
  behind(heads: readonly Head[]): void;
  /** Nothing is held, missing or being fetched: everything that the server has told is here. */
  isSettled(): boolean;
  /** Resolves when the conversation's entry is known; rejects with `notMember` when it is not mine. */
  ensure(id: ConversationId): Promise<void>;
  /** It is known to have got to `version`; if no event says so soon, fetch it. */
  expect(id: ConversationId, version: number): void;
  /** Fetches the entry anew. */
  refresh(id: ConversationId): void;
  /** Fetches the cursors of a group's members, again and again until they are here. */
  members(id: ConversationId): void;
  /** Fetches what changed in an open conversation. */
  repair(id: ConversationId): Promise<void>;
  version(id: ConversationId): number | undefined;
  /** What is shown of it is as of `version`, which may be of long ago: the rest is fetched, now or with the next connection. */
  restored(id: ConversationId, version: number): void;
  known(): ConversationId[];
  /** Has this connection told of it? */
  isHeard(id: ConversationId): boolean;
  forget(id: ConversationId): void;
  /** I am no longer in it. */
  left(id: ConversationId): void;
  connected(): void;
  lost(): void;
}

const repairsAtOnce = 4;
const refillMs = 5_000;
const goneMax = 1_000;

export function createSync({
  call,
  clock,
  batch,
  targets,
}: {
  call: Call;
  clock: Clock;
  batch: Batch;
  /** Made after this, since they hand on to it. */
  targets(): SyncTargets;
}): Sync {
  const local = new Map<ConversationId, number>();
  /** What I left on this connection, and at which version: an answer that was read before brings nothing back. */
  const gone = new Map<ConversationId, number>();
  /** Of the entry that is here: how many moves of cursors it counts (HEADS7). */
  const counted = new Map<ConversationId, number>();
  /** Groups whose members' cursors are to be fetched. */
  const lacking = new Set<ConversationId>();
  /** Heard of on this connection: a list that is read at its begin may not have them. */
  const heard = new Set<ConversationId>();
  const held = createHeld();
  const holes = new Map<ConversationId, () => void>();
  /** How far these are known to have got, by other ways than events: what no event tells is asked for. */
  const told = new Map<ConversationId, { version: number; cursorVersion: number }>();
  const repairs = new Map<ConversationId, Promise<void>>();
  const wanted = new Map<ConversationId, Promise<void>>();
  const fetchingMembers = new Map<ConversationId, Promise<void>>();
  let asking: ConversationId[] = [];
  let asked: Promise<void> | null = null;
  let comparing = 0;
  let isConnected = false;

  function receiveDurable(event: DurableEvent): void {
    const id = event.conversationId;
    const version = local.get(id);
    heard.add(id);
    if (event.type === 'memberLeft' && targets().isMe(event)) {
      // The last event of this conversation: what is missing before it can no longer be asked for.
      if (version === undefined) leave(id, event.version);
      else if (event.version > version) drop(id, event.version);
      return;
    }
    if (version === undefined) {
      held.hold(event);
      fill(id);
      return;
    }
    switch (decideOrder(version, event.version)) {
      case 'ignore':
        return;
      case 'apply':
        // Applied first: one that cannot be applied is not behind us.
        targets().apply(event);
        local.set(id, event.version);
        drain(id);
        return;
      case 'hold':
        // Full: what would have been held is fetched at once, which brings all of it.
        if (held.hold(event)) startHole(id);
        else fill(id);
    }
  }

  /** Applies what was held and is now in order; what is still ahead keeps waiting for its hole. */
  function drain(id: ConversationId): void {
    held.drain(id, (event) => {
      const at = local.get(id);
      const decision = at === undefined ? 'hold' : decideOrder(at, event.version);
      if (decision === 'apply') {
        targets().apply(event);
        local.set(id, event.version);
      }
      return decision !== 'hold';
    });
    if (held.has(id)) startHole(id);
    else if (!isAwaited(id) && !lacking.has(id)) endHole(id);
  }

  function tellOf(id: ConversationId, version: number, cursorVersion = 0): void {
    const before = told.get(id);
    told.set(id, {
      version: Math.max(version, before?.version ?? 0),
      cursorVersion: Math.max(cursorVersion, before?.cursorVersion ?? 0),
    });
    startHole(id);
  }

  /** An event that comes before what was told of does not stand for it. */
  function isAwaited(id: ConversationId): boolean {
    const its = told.get(id);
    if (its === undefined) return false;
    const isBefore = (local.get(id) ?? 0) < its.version;
    if (isBefore || (counted.get(id) ?? 0) < its.cursorVersion) return true;
    told.delete(id);
    return false;
  }

  function startHole(id: ConversationId, ms: number = timings.holeTimeoutMs): void {
    if (holes.has(id)) return;
    holes.set(
      id,
      clock.after(ms, () => {
        holes.delete(id);
        fill(id);
      }),
    );
  }

  function endHole(id: ConversationId): void {
    holes.get(id)?.();
    holes.delete(id);
  }

  /** In a live connection nobody waits for it, so it looks after its own failures; `lost` ends that. */
  function fill(id: ConversationId): void {
    // What was told of after a call was made may not be in its answer.
    const asked = repairs.has(id) || wanted.has(id) ? null : told.get(id);
    const filling = targets().isOpen(id) ? repair(id) : want(id);
    const all = lacking.has(id) ? Promise.all([filling, fetchMembers(id)]) : filling;
    all.then(
      () => {
        if (isAwaited(id) && told.get(id) !== asked) startHole(id);
        else told.delete(id);
      },
      (cause) => refill(id, cause),
    );
  }

  function refill(id: ConversationId, cause: unknown): void {
    const { retry, retryAfterMs = refillMs } = asError(cause);
    if (retry === 'later') {
      if (isConnected) startHole(id, retryAfterMs);
      return;
    }
    told.delete(id);
    lacking.delete(id);
  }

  function drop(id: ConversationId, version = local.get(id) ?? 0): void {
    leave(id, version);
    forget(id);
    targets().remove(id);
  }

  function leave(id: ConversationId, version: number): void {
    if (gone.size >= goneMax) gone.clear();
    gone.set(id, Math.max(gone.get(id) ?? 0, version));
  }

  function forget(id: ConversationId): void {
    local.delete(id);
    counted.delete(id);
    lacking.delete(id);
    held.release(id);
    told.delete(id);
    endHole(id);
  }

  function repair(id: ConversationId): Promise<void> {
    return join(repairs, id, fetchChanges);
  }

  async function fetchChanges(id: ConversationId): Promise<void> {
    for (;;) {
      const from = local.get(id);
      if (from === undefined) return want(id);
      const changes = await call('getChanges', { conversationId: id, from }).catch((cause) => {
        ignoreNotMember(cause);
        batch.run(() => drop(id));
      });
      if (!changes || !local.has(id)) return;
      const { entry, tooFar, more } = changes;
      count(entry);
      const version = tooFar
        ? Math.min(entry.conversation.version, await targets().reload(id))
        : changes.version;
      batch.run(() => {
        targets().applyChanges(id, changes);
        reach(id, version);
      });
      if (tooFar || !more) return;
    }
  }

  /** An older entry than what is here has old cursors too. */
  function count({ conversation: { id, version }, cursorVersion }: ConversationEntry): void {
    if (version >= (local.get(id) ?? 0))
      counted.set(id, Math.max(counted.get(id) ?? 0, cursorVersion));
  }

  function fetchMembers(id: ConversationId): Promise<void> {
    return join(fetchingMembers, id, () =>
      readMembers(id).catch((cause) => {
        ignoreNotMember(cause);
        lacking.delete(id);
      }),
    );
  }

  async function readMembers(id: ConversationId): Promise<void> {
    const params = { conversationId: id, membersLimit: limits.pageSizeMax };
    while (lacking.has(id)) {
      const { entry, members, membersNext } = await call('getConversation', params);
      batch.run(() => {
        if (!lacking.has(id)) return;
        if (targets().applyMembers(entry, members, membersNext === null)) lacking.delete(id);
        takeEntries([entry]);
      });
      // Read before something that is known already: a moment later it is not.
      if (lacking.has(id))
        await new Promise<void>((resolve) => void clock.after(timings.holeTimeoutMs, resolve));
    }
  }

  function reach(id: ConversationId, version: number): void {
    local.set(id, Math.max(local.get(id) ?? 0, version));
    drain(id);
  }

  /** Entries wanted in one moment are one call. */
  function want(id: ConversationId): Promise<void> {
    const before = wanted.get(id);
    if (before !== undefined) return before;
    asking.push(id);
    asked ??= new Promise<void>((resolve, reject) => {
      clock.soon(() => {
        const ids = asking;
        asking = [];
        asked = null;
        fetchEntries(ids)
          .finally(() => {
            for (const one of ids) wanted.delete(one);
          })
          .then(resolve, reject);
      });
    });
    const one = asked.then(() => {
      if (!local.has(id))
        throw new NatterError(
          'notMember',
          'unable to open the conversation: it does not exist or you are not a member',
        );
    });
    wanted.set(id, one);
    return one;
  }

  async function fetchEntries(ids: readonly ConversationId[]): Promise<void> {
    for (let at = 0; at < ids.length; at += limits.idsPerRequestMax) {
      const part = ids.slice(at, at + limits.idsPerRequestMax);
      const toldBefore = new Set(part.filter(held.has));
      const { entries } = await call('getConversations', { ids: part, limit: limits.pageSizeMax });
      batch.run(() => {
        takeEntries(entries);
        const mine = new Set(entries.map((entry) => entry.conversation.id));
        for (const id of part) {
          if (mine.has(id)) continue;
          // Told while the answer was on its way: it may have been read before I was in it.
          if (held.has(id) && !toldBefore.has(id) && !local.has(id)) startHole(id);
          else drop(id);
        }
      });
    }
  }

  function takeEntries(all: readonly ConversationEntry[]): void {
    const isOfBefore = ({ conversation: { id, version } }: ConversationEntry): boolean =>
      version <= (gone.get(id) ?? Number.NEGATIVE_INFINITY);
    const entries = all.filter((entry) => !isOfBefore(entry));
    // I may be back already, which only a later answer can tell.
    for (const { conversation } of all.filter(isOfBefore))
      if (held.has(conversation.id)) startHole(conversation.id);
    targets().applyEntries(entries);
    for (const entry of entries) {
      const { id, version } = entry.conversation;
      count(entry);
      const at = local.get(id);
      heard.add(id);
      if (at === undefined || !targets().isOpen(id)) reach(id, version);
      // Its messages are still to come: by event, and if not, by asking.
      else if (version > at) tellOf(id, version);
    }
  }

  async function compare(heads: readonly Head[]): Promise<void> {
    comparing += 1;
    try {
      await fetchBehind(heads);
    } finally {
      comparing -= 1;
    }
  }

  async function fetchBehind(heads: readonly Head[]): Promise<void> {
    const entries: Head[] = [];
    const open: Head[] = [];
    const groups: ConversationId[] = [];
    batch.run(() => {
      for (const head of heads) {
        const id = head.conversationId;
        const at = local.get(id);
        if (head.membership === 'left') {
          if (at === undefined) leave(id, head.version);
          else if (at < head.version) drop(id, head.version);
          continue;
        }
        if (at !== undefined && targets().lacksCursors(id, head.cursorVersion)) {
          lacking.add(id);
          groups.push(id);
        }
        if (at === undefined) entries.push(head);
        else if (head.version > at) (targets().isOpen(id) ? open : entries).push(head);
        else {
          targets().applyCursor(head);
          // The members of a group come with its entry.
          if (isBehind(head) && !lacking.has(id)) entries.push(head);
        }
      }
    });
    const listed = entries.map((head) => reachHead(head, (id) => want(id).catch(ignoreNotMember)));
    const work = [
      ...open.map((head) => () => reachHead(head, repair)),
      ...groups.map((id) => () => fetchMembers(id)),
    ];
    const lanes = Array.from({ length: Math.min(repairsAtOnce, work.length) }, async () => {
      for (let next = work.shift(); next !== undefined; next = work.shift()) await next();
    });
    await Promise.all([...listed, ...lanes]);
  }

  async function reachHead(
    head: Head,
    fetch: (id: ConversationId) => Promise<void>,
  ): Promise<void> {
    await fetch(head.conversationId);
    // It may have joined a call that was answered before this head was written.
    if (isBehind(head)) await fetch(head.conversationId);
  }

  function isBehind({ conversationId: id, version, cursorVersion }: Head): boolean {
    const at = local.get(id);
    return at !== undefined && (at < version || (counted.get(id) ?? 0) < cursorVersion);
  }

  return {
    receive(event) {
      if ('version' in event) receiveDurable(event);
    },
    acknowledged: receiveDurable,
    entries: takeEntries,
    heads: compare,
    behind(heads) {
      if (!isConnected) return;
      for (const head of heads) {
        const id = head.conversationId;
        const isMissing = head.membership !== 'left' && !local.has(id);
        if (isMissing || isBehind(head) || lacking.has(id))
          tellOf(id, head.version, head.cursorVersion);
      }
    },
    isSettled: () =>
      comparing === 0 &&
      holes.size + repairs.size + wanted.size + fetchingMembers.size + lacking.size === 0 &&
      held.isEmpty(),
    ensure: (id) => (local.has(id) ? Promise.resolve() : want(id)),
    expect(id, version) {
      const at = local.get(id);
      if (isConnected && (at === undefined || version > at)) tellOf(id, version);
    },
    refresh(id) {
      // A call under way may be answered with what was read before now.
      const running = wanted.get(id)?.catch(() => {}) ?? Promise.resolve();
      void running.then(() => (isConnected ? want(id) : undefined)).catch(() => {});
    },
    members(id) {
      lacking.add(id);
      fetchMembers(id).catch((cause) => refill(id, cause));
    },
    repair,
    version: (id) => local.get(id),
    restored(id, version) {
      const at = local.get(id);
      local.set(id, Math.min(at ?? version, version));
      if (isConnected && at !== undefined && at > version) fill(id);
    },
    known: () => [...local.keys()],
    isHeard: (id) => heard.has(id),
    forget,
    left: (id) => drop(id),
    connected() {
      isConnected = true;
    },
    lost() {
      isConnected = false;
      heard.clear();
      gone.clear();
      // The next connection brings all of it; held events would only hide that something is missing.
      held.clear();
      told.clear();
      lacking.clear();
      for (const id of [...holes.keys()]) endHole(id);
    },
  };
}

/** One at a time for each: a second wish joins the first. */
function join(
  flights: Map<ConversationId, Promise<void>>,
  id: ConversationId,
  work: (id: ConversationId) => Promise<void>,
): Promise<void> {
  let flight = flights.get(id);
  if (flight === undefined) {
    flight = work(id).finally(() => flights.delete(id));
    flights.set(id, flight);
  }
  return flight;
}

function ignoreNotMember(cause: unknown): void {
  if (asError(cause).code !== 'notMember') throw cause;
}
