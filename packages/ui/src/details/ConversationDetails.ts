/** Owns the details as the header and applications mount them: their code is loaded when they are first opened. */
import { onDemand } from '../dialogs/onDemand.tsx';
import type { DetailsDialogProps } from './DetailsDialog.tsx';

export const ConversationDetails = /* @__PURE__ */ onDemand<DetailsDialogProps>(() =>
  import('./DetailsDialog.tsx').then(({ DetailsDialog }) => DetailsDialog),
);
