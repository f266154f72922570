/** Owns the one-liner: a whole chat in a box, which shows list and conversation beside one another where there is room. */
import type { ConversationId } from '@natter/protocol';
import { lazy, Suspense, useState } from 'react';
import { Chat, type ChatProps } from './Chat.tsx';
import { ConnectionBanner } from './connection/ConnectionBanner.tsx';
import { Conversation } from './conversation/Conversation.tsx';
import { ConversationList } from './conversations/ConversationList.tsx';
import { Notice } from './dialogs/Notice.tsx';
import { IconButton } from './icons/IconButton.tsx';
import { useUi } from './runtime/UiProvider.tsx';

export interface ChatboxProps extends Omit<ChatProps, 'children'> {
  /** Shows this conversation alone, without a list. */
  conversationId?: ConversationId | undefined;
}

/** Fills the box that it is put into: give that a height. `<Chatbox client={client} />` */
export function Chatbox({ conversationId, className, ...chat }: ChatboxProps) {
  return (
    <Chat
      {...chat}
      className={className === undefined ? 'natter-chatbox' : `natter-chatbox ${className}`}
    >
      <div className="natter-chatbox-banner">
        <ConnectionBanner />
      </div>
      {conversationId === undefined ? <Messenger /> : <Conversation id={conversationId} />}
    </Chat>
  );
}

const NewConversationDialog = lazy(async () => ({
  default: (await import('./people/NewConversationDialog.tsx')).NewConversationDialog,
}));

function Messenger() {
  const { texts } = useUi();
  const [openId, setOpenId] = useState<ConversationId | null>(null);
  const [creating, setCreating] = useState(false);
  const close = () => setOpenId(null);
  return (
    <div className="natter-chatbox-panes" data-open={openId !== null}>
      <section className="natter-chatbox-list" aria-label={texts.conversations.title}>
        <header>
          <h1>{texts.conversations.title}</h1>
          <IconButton
            icon="compose"
            label={texts.conversations.newConversation}
            onClick={() => setCreating(true)}
          />
        </header>
        <ConversationList
          selectedId={openId}
          onSelect={setOpenId}
          onNew={() => setCreating(true)}
        />
      </section>
      <div className="natter-chatbox-main">
        {openId === null ? (
          <Notice
            icon="chat"
            title={texts.conversations.choose}
            hint={texts.conversations.chooseHint}
          />
        ) : (
          <Conversation id={openId} onBack={close} onLeft={close} />
        )}
      </div>
      {creating && (
        <Suspense>
          <NewConversationDialog
            onClose={() => setCreating(false)}
            onCreated={(id) => {
              setCreating(false);
              setOpenId(id);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
