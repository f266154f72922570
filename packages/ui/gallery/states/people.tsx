/** Owns the states of choosing people. */
import type { User, UserId } from '@natter/protocol';
import { useState } from 'react';
import { Dialog } from '../../src/dialogs/Dialog.tsx';
import { toggle } from '../../src/people/NewConversationDialog.tsx';
import { PeoplePicker } from '../../src/people/PeoplePicker.tsx';
import { find, type } from '../hands.ts';
import { longName, online, people } from '../scene.ts';
import type { State } from '../state.ts';

const long: User = { id: 'long' as UserId, name: longName, picture: null, lastSeenAt: null };

function Picking({ chosen: first }: { chosen: readonly User[] }) {
  const [chosen, setChosen] = useState<ReadonlyMap<UserId, User>>(
    () => new Map(first.map((user) => [user.id, user])),
  );
  return (
    <Dialog title="People" onClose={() => {}}>
      <PeoplePicker
        chosen={chosen}
        onPick={(user) => setChosen((before) => toggle(before, user))}
        disabled={false}
      />
    </Dialog>
  );
}

function picking(name: string, over: Partial<State> = {}, chosen: readonly User[] = []): State {
  return {
    name: `people/${name}`,
    above: true,
    given: (fake) => online(fake, 'ada', 'priya'),
    draw: () => <Picking chosen={chosen} />,
    act: async (page) => void (await find(page, '[role="option"]')),
    ...over,
  };
}

const many = [...people, long];

export const peopleStates: readonly State[] = [
  picking('one chosen', {}, people.slice(0, 1)),
  picking('many chosen', {}, many),
  picking('many chosen, phone', { phone: true }, many),
  picking('many chosen, right to left', { rightToLeft: true }, many),
  picking('loading', {
    given({ client }) {
      client.users.search = () => new Promise(() => {});
    },
    act: () => {},
  }),
  picking('nobody found', {
    async act(page) {
      await type(page, '.natter-people input', 'zebra');
      await find(page, '.natter-people-results .natter-notice');
    },
  }),
  picking('failed', {
    given({ client }) {
      client.users.search = () => Promise.reject(new Error('there is no network'));
    },
    act: async (page) => void (await find(page, '.natter-notice')),
  }),
];
