/** Owns the states of what opens above the page. */
import { ConfirmDialog } from '../../src/dialogs/ConfirmDialog.tsx';
import { NewConversationDialog } from '../../src/people/NewConversationDialog.tsx';
import type { State } from '../state.ts';

const nothing = () => {};

export const dialogStates: readonly State[] = [
  {
    name: 'dialogs/question',
    above: true,
    draw: () => (
      <ConfirmDialog
        title="Delete this message?"
        body="It disappears for everyone in this conversation."
        confirm="Delete"
        onClose={nothing}
        onConfirm={nothing}
      />
    ),
  },
  {
    name: 'dialogs/new conversation',
    above: true,
    draw: () => <NewConversationDialog onClose={nothing} onCreated={nothing} />,
  },
  {
    name: 'dialogs/new conversation, right to left',
    above: true,
    rightToLeft: true,
    draw: () => <NewConversationDialog onClose={nothing} onCreated={nothing} />,
  },
];
