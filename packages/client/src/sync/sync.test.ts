import {
  type ConversationEntry,
  type ConversationId,
  type DurableEvent,
  type GetChangesResult,
  type Head,
  type Message,
  type MessageId,
  NatterError,
  type UserId,
} from '@natter/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationId, createTestClock, uuid } from '../scripted.suite.ts';
import { createBatch } from '../store/batch.ts';
import { createSync, type SyncTargets } from './sync.ts';

const id = conversationId(1);

function message(version: number, room = id): DurableEvent {
  const row: Message = {
    id: uuid(version) as MessageId,
    conversationId: room,
    seq: version,
    version,
    senderId: 'ben' as UserId,
    senderName: 'Ben',
    type: 'text',
    content: String(version),
    attachments: [],
    createdAt: 1,
    editedAt: null,
    deletedAt: null,
  };
  return { type: 'newMessage', conversationId: room, version, message: row };
}

function entry(version: number, room = id): ConversationEntry {
  return {
    conversation: {
      id: room,
      kind: 'group',
      name: 'g',
      picture: null,
      version,
      lastSeq: version,
      memberCount: 2,
      createdAt: 1,
    },
    role: 'member',
    deliveredSeq: 0,
    readSeq: 0,
    unreadCount: 0,
    lastMessage: null,
    peer: null,
    activeAt: 1,
    cursorVersion: 0,
  };
}

function setUp({ open = true } = {}) {
  const clock = createTestClock();
  const applied: number[] = [];
  const calls: { method: string; params: unknown }[] = [];
  const removed: ConversationId[] = [];
  const state = {
    truth: 0,
    answer: null as null | ((from: number) => GetChangesResult),
    fail: null as NatterError | null,
    /** Groups whose members' cursors are kept, and how many moves these count. */
    members: new Map<ConversationId, number>(),
    cursorVersion: 0,
    /** What the server says of members is of before what is known here. */
    old: false,
  };
  const targets: SyncTargets = {
    isOpen: () => open,
    isMe: (event) => 'userId' in event && event.userId === 'ada',
    apply: (event) => void applied.push(event.version),
    applyChanges: (_id, { messages }) =>
      void applied.push(...messages.map(({ version }) => version)),
    applyEntries: () => {},
    applyCursor: () => {},
    lacksCursors: (one, cursorVersion) => (state.members.get(one) ?? cursorVersion) < cursorVersion,
    applyMembers(entry) {
      if (state.old) return false;
      state.members.set(entry.conversation.id, entry.cursorVersion);
      return true;
    },
    remove: (one) => void removed.push(one),
    reload: async () => state.truth,
  };
  const call = (async (
    method: string,
    params: {
      from?: number;
      ids?: ConversationId[];
      conversationId?: ConversationId;
    },
  ) => {
    calls.push({ method, params });
    if (state.fail !== null) throw state.fail;
    const { cursorVersion } = state;
    if (method === 'getConversation')
      return {
        entry: { ...entry(state.truth, params.conversationId), cursorVersion },
        members: [],
        membersNext: null,
      };
    if (method === 'getConversations')
      return {
        entries: (params.ids ?? []).map((one) => ({ ...entry(state.truth, one), cursorVersion })),
        next: null,
      };
    const from = params.from ?? 0;
    if (state.answer !== null) return state.answer(from);
    const missed = Array.from({ length: state.truth - from }, (_, at) => message(from + 1 + at));
    return changes(missed, state.truth);
  }) as never;
  const sync = createSync({ call, clock, batch: createBatch(), targets: () => targets });
  sync.connected();
  return { clock, applied, calls, removed, state, sync };
}

function changes(
  events: DurableEvent[],
  version: number,
  rest: Partial<GetChangesResult> = {},
): GetChangesResult {
  const messages = events
    .map((event) => ('message' in event ? event.message : null))
    .filter((row) => row !== null);
  return {
    entry: entry(version),
    messages,
    joined: [],
    left: [],
    version,
    more: false,
    tooFar: false,
    ...rest,
  };
}

describe('sync', () => {
  it('[APPLY1] in whatever order and however often events come, each is applied once and in order', async () => {
    const versions = fc.integer({ min: 1, max: 25 }).chain((last) =>
      fc.tuple(
        fc.constant(last),
        fc.shuffledSubarray(
          [
            ...Array.from({ length: last }, (_, at) => at + 1),
            ...Array.from({ length: last }, (_, at) => at + 1),
          ],
          {
            minLength: last,
          },
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(versions, async ([last, order]) => {
        const { clock, applied, state, sync } = setUp();
        state.truth = last;
        sync.entries([entry(0)]);
        for (const version of order) sync.receive(message(version));
        // What did not come is fetched, if anything shows that it is missing.
        await clock.pass(600);
        const reached = sync.version(id) ?? 0;
        expect(applied).toEqual(Array.from({ length: reached }, (_, at) => at + 1));
        expect(reached).toBeGreaterThanOrEqual(Math.max(...order));
      }),
      { numRuns: 200 },
    );
  });

  it('[APPLY2] a hole that is filled within 500 ms costs no call, one that is not costs one', async () => {
    const { clock, applied, calls, state, sync } = setUp();
    state.truth = 3;
    sync.entries([entry(0)]);
    sync.receive(message(2));
    await clock.pass(499);
    sync.receive(message(1));
    await clock.pass(10_000);
    expect(calls).toEqual([]);
    expect(applied).toEqual([1, 2]);
    state.truth = 5;
    sync.receive(message(5));
    await clock.pass(499);
    expect(calls).toEqual([]);
    await clock.pass(1);
    expect(calls).toEqual([{ method: 'getChanges', params: { conversationId: id, from: 2 } }]);
    expect(applied).toEqual([1, 2, 3, 4, 5]);
  });

  it('[APPLY4] pages are applied until none is left, and each becomes the own version', async () => {
    const { clock, applied, calls, state, sync } = setUp();
    sync.entries([entry(0)]);
    state.answer = (from) =>
      changes([message(from + 1), message(from + 2)], from + 2, { more: from < 4 });
    const repaired = sync.repair(id);
    await clock.pass(0);
    await repaired;
    expect(applied).toEqual([1, 2, 3, 4, 5, 6]);
    expect(calls.map(({ params }) => params)).toEqual(
      [0, 2, 4].map((from) => ({ conversationId: id, from })),
    );
    expect(sync.version(id)).toBe(6);
  });

  it('[APPLY5] too far behind, it takes the newest page and its version', async () => {
    const { clock, state, sync } = setUp();
    sync.entries([entry(0)]);
    state.truth = 5_000;
    state.answer = () => changes([], 5_000, { tooFar: true });
    const repaired = sync.repair(id);
    await clock.pass(0);
    await repaired;
    expect(sync.version(id)).toBe(5_000);
  });

  it('[APPLY7] an acknowledgement counts as its event, whichever comes first', async () => {
    for (const first of ['receive', 'acknowledged'] as const) {
      const { clock, applied, calls, sync } = setUp();
      sync.entries([entry(0)]);
      sync[first](message(1));
      sync[first === 'receive' ? 'acknowledged' : 'receive'](message(1));
      sync.receive(message(2));
      await clock.pass(1_000);
      expect(applied).toEqual([1, 2]);
      expect(calls).toEqual([]);
    }
  });

  it('[LIMITS1] held events have a bound: beyond it they are fetched instead, and none is lost', async () => {
    const { clock, applied, calls, state, sync } = setUp();
    state.truth = 400;
    sync.entries([entry(0)]);
    for (let version = 2; version <= 400; version++) sync.receive(message(version));
    await clock.pass(10_000);
    expect(applied).toEqual(Array.from({ length: 400 }, (_, at) => at + 1));
    expect(calls.length).toBeLessThanOrEqual(2);
  });

  it('[HEADS4] heads: newer is fetched, unknown is looked up, left is forgotten, equal costs nothing', async () => {
    const { clock, calls, removed, state, sync } = setUp();
    const [known, gone, equal, fresh] = [1, 2, 3, 4].map(conversationId) as [
      ConversationId,
      ConversationId,
      ConversationId,
      ConversationId,
    ];
    state.truth = 7;
    sync.entries([entry(5, known), entry(5, gone), entry(5, equal)]);
    const head = {
      version: 5,
      lastSeq: 1,
      readSeq: 0,
      unreadCount: 0,
      membership: 'member' as const,
      cursorVersion: 0,
    };
    const done = sync.heads([
      { ...head, conversationId: known, version: 7 },
      { ...head, conversationId: gone, version: 6, membership: 'left' },
      { ...head, conversationId: equal },
      { ...head, conversationId: fresh },
    ]);
    await clock.pass(0);
    await done;
    expect(removed).toEqual([gone]);
    expect(calls).toEqual([
      { method: 'getChanges', params: { conversationId: known, from: 5 } },
      { method: 'getConversations', params: { ids: [fresh], limit: 100 } },
    ]);
    expect(sync.version(fresh)).toBe(7);
  });

  it('[HEADS7] moved cursors alone cost the entry, of a group whose members are known these, and nothing the second time', async () => {
    const { clock, calls, state, sync } = setUp();
    const [direct, group] = [1, 2].map(conversationId) as [ConversationId, ConversationId];
    state.truth = 5;
    sync.entries([entry(5, direct), entry(5, group)]);
    state.members.set(group, 0);
    state.cursorVersion = 3;
    const head = {
      version: 5,
      lastSeq: 1,
      readSeq: 0,
      unreadCount: 0,
      membership: 'member' as const,
      cursorVersion: 3,
    };
    const heads = [
      { ...head, conversationId: direct },
      { ...head, conversationId: group },
    ];
    const done = sync.heads(heads);
    expect(sync.isSettled()).toBe(false);
    await clock.pass(0);
    await done;
    expect(sync.isSettled()).toBe(true);
    expect(new Set(calls.map(({ method }) => method))).toEqual(
      new Set(['getConversations', 'getConversation']),
    );
    expect(calls).toHaveLength(2);
    await sync.heads(heads);
    expect(calls).toHaveLength(2);
  });

  it('[HEADS7] members read before what is known are asked for again after a moment, not at once for ever', async () => {
    const { clock, calls, state, sync } = setUp();
    sync.entries([entry(1)]);
    Object.assign(state, { truth: 1, cursorVersion: 1, old: true });
    state.members.set(id, 0);
    const head = { conversationId: id, version: 1, lastSeq: 1, readSeq: 0, unreadCount: 0 };
    void sync.heads([{ ...head, membership: 'member', cursorVersion: 1 }]);
    await clock.pass(5_000);
    expect(calls.length).toBeGreaterThan(1);
    expect(calls.length).toBeLessThan(15);
    state.old = false;
    await clock.pass(1_000);
    expect(state.members.get(id)).toBe(1);
    expect(sync.isSettled()).toBe(true);
  });

  it('[HEADS7] members that cannot be fetched now are asked for again', async () => {
    const { clock, calls, state, sync } = setUp();
    state.truth = 5;
    sync.entries([entry(5)]);
    state.members.set(id, 0);
    state.cursorVersion = 2;
    state.fail = new NatterError('internal', 'not now');
    const heads: Head[] = [
      {
        conversationId: id,
        version: 5,
        lastSeq: 1,
        readSeq: 0,
        unreadCount: 0,
        membership: 'member',
        cursorVersion: 2,
      },
    ];
    await expect(sync.heads(heads)).rejects.toThrow('not now');
    sync.behind(heads);
    await clock.pass(10_000);
    expect(sync.isSettled()).toBe(false);
    state.fail = null;
    await clock.pass(60_000);
    expect(state.members.get(id)).toBe(2);
    expect(sync.isSettled()).toBe(true);
    expect(calls.some(({ method }) => method === 'getConversation')).toBe(true);
  });

  it('[HEADS7] members that could not be fetched are asked for again, whatever comes in order meanwhile', async () => {
    const { clock, state, sync } = setUp();
    state.truth = 5;
    sync.entries([entry(5)]);
    state.fail = new NatterError('internal', 'not now');
    sync.members(id);
    await clock.pass(1_000);
    state.truth = 6;
    sync.receive(message(6));
    state.fail = null;
    expect(sync.isSettled()).toBe(false);
    await clock.pass(10_000);
    expect(state.members.has(id)).toBe(true);
    expect(sync.isSettled()).toBe(true);
  });

  it('[HEADS8] it is not settled while something is held, missing or being fetched', async () => {
    const { clock, state, sync } = setUp();
    expect(sync.isSettled()).toBe(true);
    sync.entries([entry(1)]);
    sync.receive(message(3));
    expect(sync.isSettled()).toBe(false);
    state.truth = 3;
    state.fail = new NatterError('internal', 'not now');
    await clock.pass(2_000);
    expect(sync.isSettled()).toBe(false);
    state.fail = null;
    await clock.pass(60_000);
    expect(sync.version(id)).toBe(3);
    expect(sync.isSettled()).toBe(true);
  });

  it('[HEADS6] a conversation that is only listed costs a part of one call, a hundred at a time', async () => {
    const { clock, calls, state, sync } = setUp({ open: false });
    state.truth = 9;
    const ids = Array.from({ length: 150 }, (_, n) => conversationId(n));
    sync.entries(ids.map((one) => entry(5, one)));
    const done = sync.heads(
      ids.map((one) => ({
        conversationId: one,
        version: 9,
        lastSeq: 1,
        readSeq: 0,
        unreadCount: 0,
        membership: 'member' as const,
        cursorVersion: 0,
      })),
    );
    await clock.pass(0);
    await done;
    expect(calls.map(({ method }) => method)).toEqual(['getConversations', 'getConversations']);
    expect(sync.version(conversationId(149))).toBe(9);
  });

  it('[REPAIR4] a repair that is refused for now is tried again, and none is begun without a connection', async () => {
    const { clock, applied, calls, state, sync } = setUp();
    sync.entries([entry(0)]);
    state.truth = 2;
    state.fail = new NatterError('overloaded', 'busy');
    sync.receive(message(2));
    await clock.pass(600);
    expect(calls).toHaveLength(1);
    state.fail = null;
    await clock.pass(5_000);
    expect(applied).toEqual([1, 2]);
    sync.receive(message(4));
    sync.lost();
    await clock.pass(60_000);
    expect(calls).toHaveLength(2);
  });

  it('[EVENT6] my own leaving ends the conversation here, and an old one does not', async () => {
    const { clock, removed, sync } = setUp();
    sync.entries([entry(5)]);
    const left = (version: number): DurableEvent => ({
      type: 'memberLeft',
      conversationId: id,
      userId: 'ada' as UserId,
      version,
      data: { memberCount: 1 },
    });
    sync.receive(left(4));
    expect(removed).toEqual([]);
    sync.receive(left(9));
    expect(removed).toEqual([id]);
    await clock.pass(10_000);
    expect(sync.version(id)).toBeUndefined();
  });

  it('[HEADS4] a head that is newer than what a call under way was answered with is asked for again', async () => {
    const { clock, applied, calls, state, sync } = setUp();
    sync.entries([entry(0)]);
    const answers: ((changes: GetChangesResult) => void)[] = [];
    state.answer = (() => new Promise((resolve) => answers.push(resolve))) as never;
    void sync.repair(id);
    const done = sync.heads([
      {
        conversationId: id,
        version: 2,
        lastSeq: 2,
        readSeq: 0,
        unreadCount: 2,
        membership: 'member',
        cursorVersion: 0,
      },
    ]);
    await clock.pass(0);
    answers.shift()?.(changes([message(1)], 1));
    await clock.pass(0);
    answers.shift()?.(changes([message(2)], 2));
    await clock.pass(0);
    await done;
    expect(applied).toEqual([1, 2]);
    expect(calls).toHaveLength(2);
  });
});
