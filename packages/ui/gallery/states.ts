/** Owns the list of all states, room by room. */
import type { State } from './state.ts';
import { composerStates } from './states/composer.tsx';
import { connectionStates } from './states/connection.tsx';
import { controlStates } from './states/controls.tsx';
import { conversationStates } from './states/conversation.tsx';
import { conversationsStates } from './states/conversations.tsx';
import { detailsStates } from './states/details.tsx';
import { dialogStates } from './states/dialogs.tsx';
import { emojiStates } from './states/emoji.tsx';
import { menuStates } from './states/menus.tsx';
import { messageStates } from './states/messages.tsx';
import { peopleStates } from './states/people.tsx';
import { switcherStates } from './states/switcher.tsx';
import { timelineStates } from './states/timeline.tsx';
import { viewerStates } from './states/viewer.tsx';

export const states: readonly State[] = [
  ...controlStates,
  ...connectionStates,
  ...conversationsStates,
  ...conversationStates,
  ...timelineStates,
  ...messageStates,
  ...viewerStates,
  ...composerStates,
  ...emojiStates,
  ...menuStates,
  ...dialogStates,
  ...detailsStates,
  ...peopleStates,
  ...switcherStates,
];
