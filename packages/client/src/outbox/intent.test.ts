/** The promise of the outbox, against any order of writing, reloading, losing the connection and losing answers. */
import type { MessageId } from '@natter/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { a, createDevice, type Tab } from './outbox.suite.ts';

type Step = { pauseMs: number } & (
  | {
      do: 'send' | 'reload' | 'offline' | 'online' | 'loseAnswer' | 'wait' | 'freeze' | 'crash';
      tab: number;
    }
  | { do: 'edit' | 'delete'; tab: number; which: number }
);

const tab = fc.nat(1);
/** Some within a write to the disk. */
const pauseMs = fc.constantFrom(0, 1, 8, 13, 30);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), tab, pauseMs }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('edit' as const, 'delete' as const),
      tab,
      which: fc.nat(20),
      pauseMs,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['reload', 'offline', 'online', 'loseAnswer', 'wait', 'freeze', 'crash'] as const),
      ),
      tab,
      pauseMs,
    }),
  },
);

/** What one message may be in the end: the last intent, or an earlier one when a crash may have lost the last. */
interface Intent {
  allowed: string[];
  /** The disk has had it. */
  isCertain: boolean;
  /** A crash came before the disk had it all. */
  isTorn: boolean;
}

const numberOf = (text: string): number =>
  text === 'deleted' ? Number.POSITIVE_INFINITY : Number(text.split(' ')[1]);

/** Runs the steps in `tabsCount` tabs and lets everything come back; then compares. */
async function check(steps: readonly Step[], tabsCount: number): Promise<void> {
  const device = createDevice();
  const { clock, stored, server } = device;
  const open = (): Tab => device.open({}, true);
  const tabs: Tab[] = [];
  for (let n = 0; n < tabsCount; n++) {
    tabs.push(open());
    await clock.pass(1_000);
  }
  const frozen = new Set<Tab>();
  /** In the order of writing. */
  const intents = new Map<MessageId, Intent>();
  let texts = 0;
  const write = (id: MessageId, text: string): void => {
    // A tab that is offline may not know: deleted is deleted.
    const before = intents.get(id);
    if (before?.isTorn === false && before.allowed.at(-1) === 'deleted') return;
    const intent = before ?? { allowed: [], isCertain: false, isTorn: false };
    intents.set(id, { ...intent, allowed: [...intent.allowed, text] });
  };
  /** The disk has everything. */
  const keep = async (): Promise<void> => {
    await clock.pass(700);
    for (const [id, { allowed, isTorn }] of intents)
      if (!isTorn) intents.set(id, { allowed: allowed.slice(-1), isCertain: true, isTorn });
  };
  for (const step of steps) {
    const at = step.tab % tabsCount;
    const one = tabs[at] as Tab;
    const timeline = one.client.messages(a);
    if (frozen.has(one)) {
      if (step.do === 'freeze') {
        one.thaw();
        await clock.pass(100);
        frozen.delete(one);
      } else await clock.pass(15_000);
      continue;
    }
    if (step.do === 'send') {
      texts += 1;
      write(timeline.send({ content: `text ${texts}` }), `text ${texts}`);
    } else if (step.do === 'edit' || step.do === 'delete') {
      const shown = timeline.getSnapshot().messages;
      const target = shown[step.which % Math.max(1, shown.length)];
      if (target === undefined || target.deletedAt !== null) continue;
      texts += 1;
      if (step.do === 'edit') void timeline.edit(target.id, `text ${texts}`);
      else void timeline.delete(target.id);
      write(target.id, step.do === 'edit' ? `text ${texts}` : 'deleted');
    } else if (step.do === 'loseAnswer') device.loseAnswers(1);
    else if (step.do === 'offline') one.offline();
    else if (step.do === 'online') one.online();
    else if (step.do === 'freeze') {
      one.freeze();
      frozen.add(one);
    } else if (step.do === 'reload' || step.do === 'crash') {
      if (step.do === 'reload') await keep();
      for (const intent of intents.values())
        intent.isTorn ||= !intent.isCertain || intent.allowed.length > 1;
      one.crash();
      tabs[at] = open();
    } else await keep();
    // Another tab is looked at only after a moment.
    await clock.pass(tabsCount > 1 ? 30 : step.pauseMs);
  }
  device.loseAnswers(0);
  for (const one of frozen) one.thaw();
  for (const one of tabs) one.online();
  await clock.pass(120_000);

  const { messages, version } = server.room(a);
  const ids = messages.map(({ id }) => id);
  const got = new Map(messages.map((message) => [message.id, message]));
  const isThere = ([id, { allowed, isCertain }]: [MessageId, Intent]): boolean =>
    // Deleted before it was sent it need not be there.
    got.has(id) || (isCertain && !allowed.includes('deleted'));
  // Where a crash took the deletion alone, the message is back, and sent then.
  const isInPlace = (id: MessageId): boolean => {
    const intent = intents.get(id);
    return intent?.isTorn !== true || !intent.allowed.includes('deleted');
  };
  const wanted = [...intents].filter(isThere).map(([id]) => id);
  expect(ids.filter(isInPlace)).toEqual(wanted.filter(isInPlace));
  expect(new Set(ids)).toEqual(new Set(wanted));
  expect(ids).toHaveLength(wanted.length);
  for (const { id, content, deletedAt } of messages)
    expect(intents.get(id)?.allowed).toContain(deletedAt === null ? content : 'deleted');
  // No message went back to what it said before.
  for (const history of device.histories())
    expect(history.map(numberOf)).toEqual(history.map(numberOf).toSorted((x, y) => x - y));
  expect(device.conflicts()).toBe(0);
  for (const one of tabs) {
    expect(one.show().map((line) => line.replace(/ \w+$/, ''))).toEqual(stored());
    expect(one.client.conversations.get(a)?.conversation.version).toBe(version);
  }
  expect(await (await device.kept()).readItems()).toEqual([]);
}

it('[KEEP2] after any order of writing, reloading and losing, the server has the last intent for each message, once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => check(steps, 1)),
    { numRuns: 200, seed: 2026 },
  );
}, 60_000);

it('[KEEP3] and so it has when two tabs write by turns', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => check(steps, 2)),
    { numRuns: 200, seed: 2026 },
  );
}, 60_000);
