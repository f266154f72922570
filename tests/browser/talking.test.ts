/** Two people, each at a device of their own, in one conversation. */
import { english } from '@natter/ui';
import { describe, expect } from 'vitest';
import { nameOf, useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, createDirect, createGroup, readHistory, sendText } from './calls.ts';
import type { Person } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());
const { status } = english.timeline;

describe('writing', () => {
  story('two people write to each other, and each sees it at once', async ({ openPerson }) => {
    await createGroup(app, 'To and fro', ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    await Promise.all([ada.open('To and fro'), grace.open('To and fro')]);

    await ada.send('Are you there?');
    await soon(() => grace.texts()).toEqual(['Are you there?']);
    await grace.send('I am');
    await soon(() => ada.texts()).toEqual(['Are you there?', 'I am']);
    expect(await ada.composer.inputValue()).toBe('');
  });

  story(
    '[ORDER1, CLIENT9] both write at the same time, and both end with the same order, each once',
    async ({ openPerson }) => {
      const conversationId = await createGroup(app, 'All at once', ['ada', 'grace']);
      const people = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all(people.map((each) => each.open('All at once')));

      await Promise.all(
        people.map(async (each) => {
          for (const number of [1, 2, 3, 4, 5]) await each.send(`${each.name} ${number}`);
        }),
      );
      await soon(async () => (await readHistory(app, 'ada', conversationId)).length).toBe(10);
      const history = await readHistory(app, 'ada', conversationId);
      for (const each of people) {
        await soon(() => each.texts()).toEqual(history.map(({ content }) => content));
        const own = history
          .map(({ content }) => content)
          .filter((text) => text.startsWith(each.name));
        expect(own).toEqual([1, 2, 3, 4, 5].map((number) => `${each.name} ${number}`));
      }
    },
  );

  story('what was written shows as text, whatever is in it', async ({ openPerson }) => {
    await createGroup(app, 'Markup', ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    await Promise.all([ada.open('Markup'), grace.open('Markup')]);

    const text = '<img src=x onerror=alert(1)> & <b>bold</b> 👩‍👩‍👧 שלום';
    await ada.send(text);
    await soon(() => grace.texts()).toEqual([text]);
    expect(await grace.timeline.locator('b').count()).toBe(0);
  });
});

describe('typing', () => {
  story(
    '[TYPING1, TYPING3] the line appears, goes when the field is emptied, and at once with the message',
    async ({ openPerson }) => {
      await createGroup(app, 'Typing', ['ada', 'grace']);
      const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
      await Promise.all([ada.open('Typing'), grace.open('Typing')]);

      await ada.write('Hm');
      await soon(() => grace.typing()).toBe(english.typing.who(ada.name, 1));
      await ada.composer.clear();
      await soon(() => grace.typing()).toBe('');

      await ada.write('Here it is');
      await soon(() => grace.typing()).toBe(english.typing.who(ada.name, 1));
      const lookout = await watchForText(grace, 'Here it is');
      await ada.page.keyboard.press('Enter');
      expect(await lookout.typingWhenShown()).toBe('');
    },
  );

  story('[TYPING4] who closes the page no longer types', async ({ openPerson }) => {
    await createGroup(app, 'Gone', ['ada', 'grace']);
    const [ada, grace] = await Promise.all([openPerson('ada'), openPerson('grace')]);
    await Promise.all([ada.open('Gone'), grace.open('Gone')]);

    await ada.write('Wait, I');
    await soon(() => grace.typing()).toBe(english.typing.who(ada.name, 1));
    await ada.context.close();
    // Sooner than it would be forgotten without news.
    await soon(() => grace.typing(), 3_000).toBe('');
  });
});

describe('receipts and unread counts', () => {
  story(
    '[CURSOR7] ticks: sent while the other is away, delivered when they connect, read when they open it',
    async ({ openPerson }) => {
      await createDirect(app, 'priya', 'omar');
      const priya = await openPerson('priya');
      await priya.open(nameOf('omar'));
      await priya.send('Which platform?');
      await soon(() => priya.status('Which platform?')).toBe(status.sent);

      const omar = await openPerson('omar');
      await soon(() => priya.status('Which platform?')).toBe(status.delivered);
      await omar.open(priya.name);
      await soon(() => priya.status('Which platform?')).toBe(status.read);

      await priya.send('Never mind, found it');
      await soon(() => priya.status('Never mind, found it')).toBe(status.read);
    },
  );

  story(
    '[CURSOR4] unread messages are counted in the list and in the title, and cleared by reading',
    async ({ openPerson }) => {
      const conversationId = await createGroup(app, 'Counted', ['tunde', 'yuki']);
      const tunde = await openPerson('tunde');
      await tunde.row('Counted').waitFor();
      expect(await tunde.unread('Counted')).toBeNull();
      const counted = async () => Number(/^\((\d+)\)/.exec(await tunde.page.title())?.[1] ?? 0);

      for (const text of ['One', 'Two', 'Three']) await sendText(app, 'yuki', conversationId, text);
      await soon(() => tunde.unread('Counted')).toBe(english.conversations.unread(3));
      await soon(counted).toBeGreaterThanOrEqual(3);
      const before = await counted();

      await tunde.open('Counted');
      await soon(() => tunde.unread('Counted')).toBeNull();
      await soon(counted).toBe(before - 3);
      await soon(async () => {
        const { entry } = await call(app, 'tunde', 'getConversation', { conversationId });
        return entry.unreadCount;
      }).toBe(0);
    },
  );

  story('[CURSOR4] reading on one device clears the count on the other', async ({ openPerson }) => {
    const conversationId = await createGroup(app, 'Two devices', ['tunde', 'yuki']);
    const [phone, desktop] = await Promise.all([
      openPerson('tunde', { size: 'phone' }),
      openPerson('tunde'),
    ]);
    await sendText(app, 'yuki', conversationId, 'Look');
    await soon(() => phone.unread('Two devices')).toBe(english.conversations.unread(1));
    await desktop.open('Two devices');
    await soon(() => phone.unread('Two devices')).toBeNull();
  });

  story('the list follows: newest first, with the newest message', async ({ openPerson }) => {
    const conversationId = await createGroup(app, 'Upwards', ['lena', 'yuki']);
    await createGroup(app, 'Above it', ['lena', 'yuki']);
    const lena = await openPerson('lena');
    const first = lena.list.getByRole('listitem').first();
    await soon(() => first.textContent()).toContain('Above it');
    await sendText(app, 'yuki', conversationId, 'To the top');
    await soon(() => first.textContent()).toContain('Upwards');
    expect(await first.textContent()).toContain('To the top');
  });
});

describe('presence', () => {
  story(
    '[PRESENCE4, PRESENCE5] online while a device is there, offline some time after the last one went',
    async ({ openPerson }) => {
      await createDirect(app, 'mateo', 'yuki');
      const [mateo, yuki] = await Promise.all([openPerson('mateo'), openPerson('yuki')]);
      await mateo.open(yuki.name);
      const header = mateo.conversation(yuki.name).locator('header');
      await soon(() => header.textContent()).toContain(english.presence.online);

      // A reload is no absence.
      await yuki.page.reload();
      await yuki.list.getByRole('listitem').first().waitFor();
      expect(await header.textContent()).toContain(english.presence.online);

      await yuki.context.close();
      await soon(() => header.textContent(), 14_000).toContain(english.presence.lastSeenNow);
      expect(await header.textContent()).not.toContain(english.presence.online);
    },
  );
});

/** What the typing line says in the frame that shows a text first. Watches from when it resolves. */
async function watchForText(
  { page }: Person,
  text: string,
): Promise<{ typingWhenShown(): Promise<string> }> {
  const seen = await page.evaluateHandle((wanted) => {
    const found: { typing: string | null } = { typing: null };
    function look(): void {
      const timeline = document.querySelector('[role="log"]');
      if (timeline?.textContent?.includes(wanted)) {
        found.typing = document.querySelector('.natter-typing-line')?.textContent?.trim() ?? '';
      } else requestAnimationFrame(look);
    }
    look();
    return found;
  }, text);
  return {
    async typingWhenShown() {
      await soon(() => seen.evaluate(({ typing }) => typing)).not.toBeNull();
      return seen.evaluate(({ typing }) => typing ?? '');
    },
  };
}
