/** Owns the states of the list of conversations. */
import type { ConversationItem } from '@natter/client';
import { NatterError, type UserId } from '@natter/protocol';
import { ConversationList } from '../../src/conversations/ConversationList.tsx';
import {
  conversationId,
  type FakeClient,
  item,
  readyConversations,
} from '../../test/fakeClient.ts';
import { galleryNow } from '../frozenClock.ts';
import { find, press, type } from '../hands.ts';
import { arabicText, longName, minute, online, said, wrote } from '../scene.ts';
import type { State } from '../state.ts';

const ill = new NatterError('internal', 'unable to list: the server is ill').toBody();

const filled: readonly ConversationItem[] = [
  item({ n: 1, title: 'Ada Lovelace', preview: said(3, 2, 'See you at the station at 5') }),
  item({
    n: 2,
    title: 'Engine room',
    kind: 'group',
    unreadCount: 3,
    preview: said(9, 8, 'The pump is *fixed*'),
  }),
  item({
    n: 3,
    title: 'Grace Hopper',
    peerId: 'grace',
    preview: wrote(4, 70, 'Sent you the report', { status: 'delivered' }),
  }),
  item({
    n: 4,
    title: longName,
    peerId: 'long',
    unreadCount: 1_000,
    preview: said(
      1,
      60 * 26,
      'A very long message that cannot fit on one line whatever one does about it',
    ),
  }),
  item({
    n: 5,
    title: 'عمر حدّاد',
    peerId: 'omar',
    unreadCount: 12,
    preview: said(2, 60 * 50, arabicText),
  }),
  item({
    n: 6,
    title: 'Yuki Tanaka',
    peerId: 'yuki',
    preview: wrote(1, 60 * 24 * 9, 'Will do', { status: 'failed', seq: null }),
  }),
  item({
    n: 7,
    title: 'Book club',
    kind: 'group',
    preview: said(1, 60 * 24 * 40, '', { deletedAt: galleryNow - minute }),
  }),
];

function fill(fake: FakeClient): void {
  fake.client.conversations.set({ ...readyConversations, items: filled, unreadCount: 16 });
  online(fake, 'ada', 'omar');
}

const list = () => (
  <ConversationList selectedId={conversationId(1)} onSelect={() => {}} onNew={() => {}} />
);

export const conversationsStates: readonly State[] = [
  {
    name: 'conversations/loading',
    height: 420,
    given: ({ client }) => client.conversations.set({ ...readyConversations, state: 'loading' }),
    draw: list,
  },
  { name: 'conversations/empty', height: 420, draw: list },
  {
    name: 'conversations/failed',
    height: 420,
    given: ({ client }) =>
      client.conversations.set({ ...readyConversations, state: 'error', error: ill }),
    draw: list,
  },
  { name: 'conversations/filled', height: 600, given: fill, draw: list },
  {
    name: 'conversations/typing',
    height: 200,
    given(fake) {
      fill(fake);
      fake.client
        .typing(conversationId(1))
        .set([{ userId: 'ada' as UserId, name: 'Ada Lovelace' }]);
    },
    draw: list,
  },
  {
    name: 'conversations/drafts, muted',
    height: 600,
    given(fake, drafts) {
      fill(fake);
      drafts.write(conversationId(2), 'Half of what I wanted to say about the pump, and');
      drafts.write(conversationId(5), arabicText);
      drafts.choose(conversationId(7), [drafts.hold(new File(['.'], 'chapters.pdf'))]);
    },
    draw: () => (
      <ConversationList
        selectedId={conversationId(1)}
        onSelect={() => {}}
        mutedIds={new Set([conversationId(2), conversationId(4)])}
      />
    ),
  },
  {
    name: 'conversations/filtered',
    height: 420,
    given: fill,
    draw: list,
    act: (page) => type(page, '.natter-list-tools input', 'ad'),
  },
  {
    name: 'conversations/nothing fits',
    height: 420,
    given: fill,
    draw: () => (
      <ConversationList selectedId={null} onSelect={() => {}} onSearchPeople={() => {}} />
    ),
    async act(page) {
      await type(page, '.natter-list-tools input', 'zebra');
      await find(page, '.natter-notice');
    },
  },
  {
    name: 'conversations/only unread',
    height: 420,
    given: fill,
    draw: list,
    act: (page) => press(page, '.natter-list-chip'),
  },
  { name: 'conversations/narrow', width: 240, height: 600, given: fill, draw: list },
  { name: 'conversations/right to left', height: 600, rightToLeft: true, given: fill, draw: list },
];
