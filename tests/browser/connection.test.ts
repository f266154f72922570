/** What people see, and what becomes of what they write, while the server or their own network is away. */
import type { ConversationId } from '@natter/protocol';
import { english } from '@natter/ui';
import { describe, expect } from 'vitest';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, createGroup, readHistory, sendText } from './calls.ts';
import type { Person } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const { status } = english.timeline;
const say = english.connection;

describe('the server goes away', () => {
  story(
    '[CLIENT1, CLIENT7] killed and started again: a countdown meanwhile, then everything written, once and in order',
    async ({ openPerson }) => {
      const conversationId = await createGroup(app, 'Restarted', ['ada', 'grace']);
      const people = await Promise.all([openPerson('ada'), openPerson('grace')]);
      const [ada, grace] = people;
      await Promise.all(people.map((each) => each.open('Restarted')));
      await ada.send('Before');
      await grace.message('Before').waitFor();

      await app.kill();
      for (const each of people) {
        await soon(() => each.banner.textContent()).toMatch(countdown);
        await each.button(say.tryNow, each.banner).waitFor();
      }
      for (const each of people) {
        for (const number of [1, 2, 3]) await each.send(`${each.name} ${number}`);
        await soon(() => each.status(`${each.name} 3`)).toBe(status.sending);
      }
      expect(await ada.texts()).toEqual(['Before', ...ownTexts(ada)]);

      await app.startAgain();
      await Promise.all(people.map(connected));
      await soon(async () => (await readHistory(app, 'ada', conversationId)).length).toBe(7);
      const history = (await readHistory(app, 'ada', conversationId)).map(({ content }) => content);
      for (const each of people) {
        expect(history.filter((text) => text.startsWith(each.name))).toEqual(ownTexts(each));
        await soon(() => each.texts()).toEqual(history);
        await soon(() => each.status(`${each.name} 3`)).toBe(status.read);
      }
    },
  );

  story(
    '[SEND2, CLIENT7] killed while somebody sends: what was under way arrives once',
    async ({ openPerson }) => {
      const conversationId = await createGroup(app, 'Killed', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Killed'), grace.open('Killed')]);

      const written = Array.from({ length: 16 }, (_, at) => `Line ${at + 1}`);
      let killed: Promise<void> | null = null;
      for (const [at, text] of written.entries()) {
        await ada.send(text);
        // From here on writing and dying go on at the same time.
        if (at === 5) killed = app.kill();
      }
      await killed;
      await soon(() => ada.status('Line 16')).toBe(status.sending);
      await app.startAgain();
      await Promise.all([ada, grace].map(connected));
      await soon(() => ada.status('Line 16')).toBe(status.read);
      expect((await readHistory(app, 'ada', conversationId)).map(({ content }) => content)).toEqual(
        written,
      );
      await soon(() => grace.texts()).toEqual(written);
      expect(await ada.texts()).toEqual(written);
    },
  );

  story('[CLIENT5] "Try now" does not wait for the countdown', async ({ openPerson }) => {
    const ada = await openPerson('ada', { ownClock: true });
    await app.kill();
    await soon(() => ada.banner.textContent()).toMatch(countdown);
    // Its timers stand still: nothing but the button can bring it back.
    await ada.page.clock.pauseAt(await ada.page.evaluate(() => Date.now() + 5_000));
    await app.startAgain();
    await soon(() => ada.banner.textContent()).toMatch(countdown);
    await ada.button(say.tryNow, ada.banner).click();
    await connected(ada);
  });

  story(
    '[CLOSE2] stopped politely and started again, it is found again',
    async ({ openPerson }) => {
      await createGroup(app, 'Drained', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Drained'), grace.open('Drained')]);
      await app.stop();
      await ada.button(say.tryNow, ada.banner).waitFor();
      await app.startAgain();
      await Promise.all([ada, grace].map(connected));
      await ada.send('Still here');
      await soon(() => grace.texts()).toEqual(['Still here']);
    },
  );
});

describe('the network goes away', () => {
  story(
    '[CLIENT5] telling it moves nothing that is read or written, on a phone neither',
    async ({ openPerson }) => {
      const id = await createGroup(app, 'Steady', ['ada', 'grace']);
      await sendText(app, 'grace', id, 'Do not move');
      for (const size of ['desktop', 'phone'] as const) {
        const ada = await openPerson('ada', { size });
        await ada.open('Steady');
        const places = () =>
          Promise.all([ada.message('Do not move'), ada.composer].map((each) => each.boundingBox()));
        await soon(() => ada.banner.textContent()).toBe('');
        const before = await places();
        await ada.context.setOffline(true);
        await soon(() => ada.banner.textContent(), 20_000).toContain(say.offline);
        expect(await places()).toEqual(before);
        const banner = await ada.banner.getByText(say.offline).boundingBox();
        const back = await ada.conversation('Steady').getByRole('heading').boundingBox();
        expect(banner?.y).toBeGreaterThan((back?.y ?? 0) + (back?.height ?? 0));
      }
    },
  );

  story(
    '[CLIENT5, CLIENT7] offline: the banner says so, and what is written waits; back again, it is sent, or fails with the reason',
    async ({ openPerson }) => {
      await createGroup(app, 'Tunnel', ['ada', 'mateo']);
      const left = await createGroup(app, 'Without you', ['ada', 'mateo']);
      const [ada, mateo] = await Promise.all([openPerson('ada'), openPerson('mateo')]);
      await ada.open('Tunnel');
      await mateo.open('Without you');
      await mateo.open('Tunnel');

      await mateo.context.setOffline(true);
      await soon(() => mateo.banner.textContent(), 20_000).toContain(say.offline);
      await mateo.send('In the tunnel');
      await soon(() => mateo.status('In the tunnel')).toBe(status.sending);
      await mateo.open('Without you');
      await mateo.send('Wait for me');
      await soon(() => mateo.status('Wait for me')).toBe(status.sending);
      await ada.send('Hello?');
      await removeMember(left, mateo.name);

      await mateo.context.setOffline(false);
      await connected(mateo);
      await soon(() => mateo.status('Wait for me')).toBe(status.failed);
      const lost = mateo.message('Wait for me');
      expect(await lost.getByRole('alert').textContent()).toContain(english.errors.notMember);
      await mateo.button(english.timeline.resend, lost).click();
      await soon(() => mateo.status('Wait for me')).toBe(status.failed);
      await mateo.button(english.timeline.discard, lost).click();
      await lost.waitFor({ state: 'detached' });
      const written = (await readHistory(app, 'ada', left)).filter(({ type }) => type !== 'system');
      expect(written).toEqual([]);

      await mateo.open('Tunnel');
      await soon(() => ada.texts()).toEqual(['Hello?', 'In the tunnel']);
      await soon(() => mateo.texts()).toEqual(['Hello?', 'In the tunnel']);
      await soon(() => mateo.status('In the tunnel')).toBe(status.read);
    },
  );
});

async function removeMember(conversationId: ConversationId, name: string): Promise<void> {
  const { members } = await call(app, 'ada', 'getConversation', { conversationId });
  const userId = members.find((member) => member.name === name)?.userId;
  if (userId === undefined) throw new Error(`${name} is no member`);
  await call(app, 'ada', 'removeMember', { conversationId, userId });
}

const countdown = /Next try in \d+ s/;

const ownTexts = ({ name }: Person) => [1, 2, 3].map((number) => `${name} ${number}`);

/** However long its countdown would still be. */
async function connected({ banner, button }: Person): Promise<void> {
  await soon(async () => {
    const tryNow = button(say.tryNow, banner);
    if ((await tryNow.count()) > 0) await tryNow.click({ timeout: 1_000 }).catch(() => {});
    return banner.textContent();
  }).toBe('');
}
