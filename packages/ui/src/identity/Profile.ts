/** Owns the profile as applications mount it: its code is loaded when it is first opened. */
import { onDemand } from '../dialogs/onDemand.tsx';
import type { ProfileDialogProps } from './ProfileDialog.tsx';

export const Profile = /* @__PURE__ */ onDemand<ProfileDialogProps>(() =>
  import('./ProfileDialog.tsx').then(({ ProfileDialog }) => ProfileDialog),
);
