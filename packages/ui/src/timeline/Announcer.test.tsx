import type { TimelineMessage } from '@natter/client';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { message, mine } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { loadMarkdown } from '../markdown/read.ts';
import { UiProvider } from '../runtime/UiProvider.tsx';
import { Announcer, gatherMs } from './Announcer.tsx';

beforeAll(loadMarkdown);
afterEach(cleanup);

function listen(first: readonly TimelineMessage[] = [message({ seq: 1 })]) {
  const clock = createTestClock(0);
  const at = (messages: readonly TimelineMessage[]) => (
    <UiProvider clock={clock}>
      <Announcer messages={messages} ready />
    </UiProvider>
  );
  const { rerender, container } = render(at(first));
  const heard: string[] = [];
  let before = '';
  const hear = () => {
    const now = container.querySelector('[aria-live=polite]')?.textContent ?? '';
    if (now !== before && now !== '') heard.push(now);
    before = now;
  };
  return {
    heard,
    show(messages: readonly TimelineMessage[]) {
      rerender(at(messages));
      hear();
    },
    wait(ms = gatherMs) {
      act(() => clock.advance(ms));
      hear();
    },
  };
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => message({ seq: at + 1 }));

describe('what is told', () => {
  test('what somebody writes, with their name and without marks', () => {
    const { heard, show } = listen();
    show([
      message({ seq: 1 }),
      message({ seq: 2, content: '**Hi** [you](https://a.example/)\n> so' }),
    ]);
    expect(heard).toEqual(['Ada Lovelace: Hi you so']);
  });

  test('not what was there, and not what I write', () => {
    const { heard, show } = listen(upTo(3));
    show([...upTo(3), mine({ seq: 4 })]);
    expect(heard).toEqual([]);
  });

  test('what has been deleted meanwhile is no longer there', () => {
    const { heard, show } = listen();
    show(upTo(2));
    show([message({ seq: 1 }), message({ seq: 2, content: '', deletedAt: 5 })]);
    expect(heard).toEqual(['Ada Lovelace: message 2']);
  });

  test('a picture without words is called one', () => {
    const { heard, show } = listen();
    const picture = { kind: 'image', name: 'a.jpg' } as TimelineMessage['attachments'][number];
    show([message({ seq: 1 }), message({ seq: 2, content: '', attachments: [picture] })]);
    expect(heard).toEqual(['Ada Lovelace: Photo']);
  });

  test('a long one is cut', () => {
    const { heard, show } = listen();
    show([message({ seq: 1 }), message({ seq: 2, content: 'a'.repeat(16_384) })]);
    expect(heard[0]?.length).toBeLessThan(400);
  });
});

describe('many at once', () => {
  test('up to three are read, more are counted', () => {
    const { heard, show, wait } = listen();
    show(upTo(4));
    wait();
    show(upTo(16));
    expect(heard).toEqual([
      'Ada Lovelace: message 2\nAda Lovelace: message 3\nAda Lovelace: message 4',
      '12 new messages',
    ]);
  });

  test('a burst is told twice: its first message at once, the rest together', () => {
    const { heard, show, wait } = listen();
    for (let last = 2; last <= 40; last++) {
      show(upTo(last));
      wait(10);
    }
    wait();
    wait();
    expect(heard).toEqual(['Ada Lovelace: message 2', '38 new messages']);
  });
});
