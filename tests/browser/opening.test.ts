/** What a conversation shows when it is opened: where the new messages begin, and pictures with words under them. */
import { english } from '@natter/ui';
import { expect } from 'vitest';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { call, createGroup, sendText } from './calls.ts';
import { pick, picture } from './pictures.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';

const app = useApp();
const story = createStory(app, useBrowser());

story(
  'the line before new messages shows too when the page is loaded anew with the conversation open',
  async ({ openPerson }) => {
    const conversationId = await createGroup(app, 'Back again', ['ada', 'grace']);
    for (const text of ['One', 'Two']) await sendText(app, 'grace', conversationId, text);
    const ada = await openPerson('ada');
    await ada.open('Back again');
    await soon(async () => {
      const { entry } = await call(app, 'ada', 'getConversation', { conversationId });
      return entry.readSeq;
    }).toBe(2);
    await ada.page.goto('about:blank');
    for (const text of ['Three', 'Four']) await sendText(app, 'grace', conversationId, text);
    await ada.page.goto(`/#/c/${conversationId}`);
    await ada.message('Four').waitFor();
    await soon(() =>
      ada.timeline
        .locator('.natter-timeline-row')
        .filter({ hasText: english.timeline.newMessages })
        .locator('.natter-message-text')
        .allTextContents(),
    ).toEqual(['Three']);
  },
);

story(
  'a picture is as wide as its bubble, whatever is written under it',
  async ({ openPerson }) => {
    await createGroup(app, 'Captions', ['ada', 'grace']);
    const ada = await openPerson('ada');
    await ada.open('Captions');
    const captions = [
      'Short',
      'A caption that is longer than the picture is wide. '.repeat(4).trim(),
    ];
    for (const caption of captions) {
      await pick(ada, await picture());
      await ada.send(caption);
      await soon(() => ada.status(caption)).toBe(english.timeline.status.sent);
    }
    const blank = await ada.timeline.locator('.natter-bubble').evaluateAll((bubbles) =>
      bubbles.map((bubble) => {
        const image = bubble.querySelector('.natter-image');
        return bubble.getBoundingClientRect().width - (image?.getBoundingClientRect().width ?? 0);
      }),
    );
    expect(blank).toHaveLength(2);
    for (const pixels of blank) expect(pixels).toBeLessThanOrEqual(12);
  },
);
