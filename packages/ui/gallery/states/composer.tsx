/** Owns the states of the composer. */

import { Composer } from '../../src/composer/Composer.tsx';
import { Conversation } from '../../src/conversation/Conversation.tsx';
import { here, stage } from '../scene.ts';
import type { State } from '../state.ts';

const empty = () => (
  <Conversation id={here}>
    <Composer />
  </Conversation>
);

export const composerStates: readonly State[] = [
  { name: 'composer/empty', given: (fake) => stage(fake, []), draw: empty },
  { name: 'composer/narrow', width: 300, given: (fake) => stage(fake, []), draw: empty },
  {
    name: 'composer/right to left',
    rightToLeft: true,
    given: (fake) => stage(fake, []),
    draw: empty,
  },
  {
    name: 'composer/offline, nothing is kept',
    given(fake) {
      stage(fake, []);
      fake.client.persistence.set({ state: 'memory', error: null });
      fake.client.connection.set({
        status: 'reconnecting',
        attempt: 1,
        retryAt: null,
        online: false,
      });
    },
    draw: empty,
  },
];
