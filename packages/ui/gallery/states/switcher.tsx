/** Owns the states of the quick switcher. */
import { SwitcherDialog } from '../../src/switcher/SwitcherDialog.tsx';
import { item, readyConversations } from '../../test/fakeClient.ts';
import { find } from '../hands.ts';
import { image, longName, paint } from '../scene.ts';
import type { State } from '../state.ts';

const photo = image(81, 320, 320);
const room = item({ n: 2, title: 'Engine room', kind: 'group', unreadCount: 1_000 });

const items = [
  item({ n: 1, title: 'Ada Lovelace', unreadCount: 2 }),
  { ...room, conversation: { ...room.conversation, picture: photo.fileId } },
  item({ n: 3, title: longName, peerId: 'long' }),
  item({ n: 4, title: 'عمر حدّاد', peerId: 'omar' }),
  item({ n: 5, title: 'Book club', kind: 'group' }),
];

function switcher(name: string, query: string, over: Partial<State> = {}): State {
  return {
    name: `switcher/${name}`,
    above: true,
    given(fake) {
      paint(fake, [photo]);
      fake.client.conversations.set({ ...readyConversations, items });
    },
    draw: () => <SwitcherDialog query={query} onOpen={() => {}} onClose={() => {}} />,
    // People are searched meanwhile.
    act: async (page) => void (await find(page, '.natter-switcher[aria-busy="false"]')),
    ...over,
  };
}

export const switcherStates: readonly State[] = [
  switcher('open', ''),
  switcher('filtered', 'ra'),
  switcher('nothing', 'zebra'),
  switcher('people not found out', 'ra', {
    given(fake) {
      paint(fake, [photo]);
      fake.client.conversations.set({ ...readyConversations, items });
      fake.client.users.search = () => Promise.reject(new Error('there is no network'));
    },
  }),
  switcher('open, phone', '', { phone: true }),
  switcher('right to left', '', { rightToLeft: true }),
];
