/** Owns the switcher as applications mount it: its code is loaded when it is first opened. */
import { onDemand } from '../dialogs/onDemand.tsx';
import type { QuickSwitcherProps } from './SwitcherDialog.tsx';

export const QuickSwitcher = /* @__PURE__ */ onDemand<QuickSwitcherProps>(() =>
  import('./SwitcherDialog.tsx').then(({ SwitcherDialog }) => SwitcherDialog),
);
