import type { ConversationId } from '@natter/protocol';
import { afterEach, expect, test, vi } from 'vitest';
import { createNotices } from './notices.ts';

const id = '0198c0de-0000-7000-8000-000000000001' as ConversationId;
const other = '0198c0de-0000-7000-8000-000000000002' as ConversationId;

afterEach(() => vi.unstubAllGlobals());

/** A worker's notifications, as a browser keeps them: one for each tag. */
function createWorker() {
  const shown = new Map<string, { title: string; options: NotificationOptions }>();
  const registration = {
    async showNotification(title: string, options: NotificationOptions = {}) {
      shown.set(options.tag ?? '', { title, options });
    },
    async getNotifications({ tag }: { tag?: string } = {}) {
      return [...shown]
        .filter(([each]) => tag === undefined || each === tag)
        .map(([each, { options }]) => ({ data: options.data, close: () => shown.delete(each) }));
    },
  };
  const worker = { getRegistration: async () => registration } as never;
  const open = () => [...shown.values()].map(({ title, options }) => [title, options.body]);
  return { worker, open };
}

const create = (over: Partial<Parameters<typeof createNotices>[0]> = {}) =>
  createNotices({ person: 'ada', onOpen: () => {}, worker: undefined, ...over });

/** As on a phone: a page may not make one. */
function refuseToPages() {
  vi.stubGlobal(
    'Notification',
    class {
      constructor() {
        throw new TypeError('Use ServiceWorkerRegistration.showNotification() instead');
      }
    },
  );
}

test('the worker shows them where there is one: a phone takes them from no page', async () => {
  refuseToPages();
  const { worker, open } = createWorker();
  const notices = create({ worker });
  await notices.show(id, 'Hikers', 'When?');
  await notices.show(id, 'Hikers', 'And where?');
  await notices.show(other, 'Workshop', 'Hello');
  expect(open()).toEqual([
    ['Hikers', 'And where?'],
    ['Workshop', 'Hello'],
  ]);
});

test('what is read goes; what a page before this one has shown, too', async () => {
  const { worker, open } = createWorker();
  const before = create({ worker });
  await before.show(id, 'Hikers', 'When?');
  const notices = create({ worker });
  await notices.show(other, 'Workshop', 'Hello');
  notices.closeRead((each) => each === id);
  await vi.waitFor(() => expect(open()).toEqual([['Workshop', 'Hello']]));
});

test('whoever leaves takes theirs along, and leaves those of somebody else on the device', async () => {
  const { worker, open } = createWorker();
  const [ada, grace] = [create({ worker }), create({ worker, person: 'grace' })];
  await ada.show(id, 'To Ada', '1');
  await grace.show(id, 'To Grace', '2');
  ada.closeAll();
  await vi.waitFor(() => expect(open()).toEqual([['To Grace', '2']]));
  await ada.show(id, 'To Ada', 'late');
  expect(open()).toEqual([['To Grace', '2']]);
});

test('without a worker the page shows them itself, and a press opens the conversation', async () => {
  const made: { onclick?: () => void; close: () => void }[] = [];
  vi.stubGlobal(
    'Notification',
    class {
      close = vi.fn();
      constructor() {
        made.push(this);
      }
    },
  );
  const onOpen = vi.fn();
  await create({ onOpen }).show(id, 'Hikers', 'When?');
  made[0]?.onclick?.();
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(id);
  expect(made[0]?.close).toHaveBeenCalledOnce();
});

test('where nobody may show one, nothing breaks', async () => {
  refuseToPages();
  const worker = { getRegistration: () => Promise.reject(new DOMException('blocked')) } as never;
  await create({ worker }).show(id, 'Hikers', 'When?');
  await create().show(id, 'Hikers', 'When?');
});
