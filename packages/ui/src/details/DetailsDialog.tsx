/** Owns what there is to know of a conversation, and to do about it: a group with its members, or the other person. */
import type { ConversationItem } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { useConversation, usePresence } from '@natter/react';
import { useEffect } from 'react';
import { Dialog } from '../dialogs/Dialog.tsx';
import { PictureEditor } from '../identity/PictureEditor.tsx';
import { presenceText } from '../presence/presenceText.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { GroupDetails } from './GroupDetails.tsx';
import { MuteSwitch, type Muting } from './MuteSwitch.tsx';

export interface DetailsDialogProps extends Muting {
  conversationId: ConversationId;
  onClose: () => void;
  /** I have left it: show something else. */
  onLeft?: (() => void) | undefined;
}

export function DetailsDialog({ conversationId, ...rest }: DetailsDialogProps) {
  const item = useConversation(conversationId);
  const { onClose } = rest;
  const isGone = item === null;
  // Somebody has taken me out while I was looking.
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);
  if (item === null) return null;
  if (item.conversation.kind === 'group') return <GroupDetails item={item} {...rest} />;
  return <DirectDetails item={item} {...rest} />;
}

function DirectDetails({
  item,
  onClose,
  ...muting
}: Muting & { item: ConversationItem; onClose: () => void }) {
  const { texts, locale } = useUi();
  const { conversation, peer, title } = item;
  const now = useNow(30_000);
  const presence = usePresence(peer === null ? [] : [peer.userId]);
  const seen = peer === null ? undefined : presence.get(peer.userId);
  return (
    <Dialog title={texts.details.person} onClose={onClose}>
      <div className="natter-identity">
        <PictureEditor
          id={peer?.userId ?? conversation.id}
          name={title}
          picture={peer?.picture ?? null}
          online={seen?.online === true}
        />
        <div className="natter-name">
          <h3 dir="auto">{title}</h3>
        </div>
        <p className="natter-identity-note" data-online={seen?.online === true}>
          {presenceText(seen, now, texts, locale)}
        </p>
      </div>
      <MuteSwitch {...muting} />
    </Dialog>
  );
}
