/** Owns the switcher as applications mount it: its code is loaded when it is first opened. */
import type { ConversationId } from '@natter/protocol';
import { onDemand } from '../dialogs/onDemand.tsx';

export interface QuickSwitcherProps {
  /** The open conversation: not offered before anything is typed. */
  openId?: ConversationId | null;
  /** What is typed at first. */
  query?: string;
  /** One was chosen, or begun with the person chosen. */
  onOpen: (id: ConversationId) => void;
  onClose: () => void;
}

export const QuickSwitcher = /* @__PURE__ */ onDemand<QuickSwitcherProps>(() =>
  import('./SwitcherDialog.tsx').then(({ SwitcherDialog }) => SwitcherDialog),
);
