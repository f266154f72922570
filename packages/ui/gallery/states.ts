/** Owns the list of all states, room by room. */
import type { State } from './state.ts';
import { composerStates } from './states/composer.tsx';
import { connectionStates } from './states/connection.tsx';
import { controlStates } from './states/controls.tsx';
import { conversationStates } from './states/conversation.tsx';
import { conversationsStates } from './states/conversations.tsx';
import { dialogStates } from './states/dialogs.tsx';
import { timelineStates } from './states/timeline.tsx';

export const states: readonly State[] = [
  ...controlStates,
  ...connectionStates,
  ...conversationsStates,
  ...conversationStates,
  ...timelineStates,
  ...composerStates,
  ...dialogStates,
];
