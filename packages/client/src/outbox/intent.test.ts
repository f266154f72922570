/** The promise of the outbox, against any order of writing, reloading, losing the connection and losing answers. */
import type { MessageId } from '@natter/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { a, createDevice, type Tab } from './outbox.suite.ts';

type Step =
  | {
      do: 'send' | 'reload' | 'offline' | 'online' | 'loseAnswer' | 'wait' | 'freeze';
      tab: number;
    }
  | { do: 'edit' | 'delete'; tab: number; which: number };

const tab = fc.nat(1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('send' as const), tab }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('edit' as const, 'delete' as const),
      tab,
      which: fc.nat(20),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        ...(['reload', 'offline', 'online', 'loseAnswer', 'wait', 'freeze'] as const),
      ),
      tab,
    }),
  },
);

/** Runs the steps in `tabsCount` tabs and lets everything come back; then compares. */
async function check(steps: readonly Step[], tabsCount: number): Promise<void> {
  const device = createDevice();
  const { clock, open, stored, server } = device;
  const tabs: Tab[] = [];
  for (let n = 0; n < tabsCount; n++) {
    tabs.push(open());
    await clock.pass(1_000);
  }
  /** What each message should be in the end, in the order of writing. */
  const intents = new Map<MessageId, string>();
  let texts = 0;
  const frozen = new Set<Tab>();
  for (const step of steps) {
    const at = step.tab % tabsCount;
    const one = tabs[at] as Tab;
    const timeline = one.client.messages(a);
    if (frozen.has(one)) {
      if (step.do === 'freeze') {
        one.thaw();
        frozen.delete(one);
      } else await clock.pass(15_000);
      continue;
    }
    if (step.do === 'send') {
      texts += 1;
      intents.set(timeline.send({ content: `text ${texts}` }), `text ${texts}`);
    } else if (step.do === 'edit' || step.do === 'delete') {
      const shown = timeline.getSnapshot().messages;
      const target = shown[step.which % Math.max(1, shown.length)];
      if (target === undefined || target.deletedAt !== null) continue;
      texts += 1;
      if (step.do === 'edit') void timeline.edit(target.id, `text ${texts}`);
      else void timeline.delete(target.id);
      intents.set(target.id, step.do === 'edit' ? `text ${texts}` : 'deleted');
    } else if (step.do === 'loseAnswer') device.loseAnswers(1);
    else if (step.do === 'offline') one.offline();
    else if (step.do === 'online') one.online();
    else if (step.do === 'freeze') {
      one.freeze();
      frozen.add(one);
    } else if (step.do === 'reload') {
      // What was asked of the disk before is there.
      await clock.pass(0);
      one.crash();
      tabs[at] = open();
    } else await clock.pass(700);
    // Another tab is looked at only after a moment.
    if (tabsCount > 1) await clock.pass(20);
  }
  device.loseAnswers(0);
  for (const one of frozen) one.thaw();
  for (const one of tabs) one.online();
  await clock.pass(120_000);
  const wanted = [...intents.values()];
  const { messages } = server.room(a);
  const got = new Map(messages.map((message) => [message.id, message]));
  expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
  // Deleted before it was ever sent: it need not be there.
  const kept = [...intents].filter(([id, intent]) => intent !== 'deleted' || got.has(id));
  expect(messages.map(({ id }) => id)).toEqual(kept.map(([id]) => id));
  expect(stored()).toEqual(kept.map(([, intent]) => intent));
  for (const one of tabs) {
    expect(one.show().map((line) => line.replace(/ \w+$/, ''))).toEqual(stored());
  }
  expect(wanted.length).toBe(intents.size);
  expect(await (await device.kept()).readItems()).toEqual([]);
}

it('[KEEP2] after any order of writing, reloading and losing, the server has the last intent for each message, once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => check(steps, 1)),
    { numRuns: 150 },
  );
}, 60_000);

it('[KEEP3] and so it has when two tabs write by turns', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => check(steps, 2)),
    { numRuns: 150 },
  );
}, 60_000);
