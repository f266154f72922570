/** Owns the main screen: the list beside the open conversation, or one of them at a time where there is no room. */
import { useConversations } from '@natter/react';
import {
  ConnectionBanner,
  Conversation,
  NewConversationDialog,
  Notice,
  onDemand,
  StorageNotice,
} from '@natter/ui';
import { useCallback, useEffect, useState } from 'react';
import { closeConversation, openConversation, useOpenConversation } from '../route.ts';
import { useTexts } from '../texts/language.ts';
import { Sidebar } from './Sidebar.tsx';

const SettingsDialog = onDemand(() =>
  import('../settings/SettingsDialog.tsx').then(({ SettingsDialog }) => SettingsDialog),
);

export function ChatLayout({
  onLeave,
  onSignOut,
}: {
  /** To sign in again; what is kept stays. */
  onLeave: () => void;
  onSignOut: () => Promise<void>;
}) {
  const texts = useTexts();
  const openId = useOpenConversation();
  const [showing, setShowing] = useState<'new' | 'settings' | null>(null);
  const close = useCallback(() => setShowing(null), []);
  const { unreadCount } = useConversations();

  useEffect(() => {
    document.title = texts.title(unreadCount);
    return () => {
      document.title = texts.name;
    };
  }, [unreadCount, texts]);

  function signOut() {
    closeConversation();
    onSignOut().catch(reportError);
  }

  return (
    <div className="app-layout" data-open={openId !== null}>
      <div className="app-banners">
        <ConnectionBanner onSignIn={onLeave} />
        <StorageNotice />
      </div>
      <main className="app-panes">
        <Sidebar
          openId={openId}
          onSelect={openConversation}
          onNew={() => setShowing('new')}
          onSettings={() => setShowing('settings')}
          onSignOut={signOut}
        />
        <div className="app-main">
          {openId === null ? (
            <Notice icon="chat" title={texts.layout.choose} hint={texts.layout.chooseHint} />
          ) : (
            <Conversation
              id={openId}
              onBack={closeConversation}
              onLeft={closeConversation}
              autoFocus={matchMedia('(min-width: 721px) and (pointer: fine)').matches}
            />
          )}
        </div>
      </main>
      {showing === 'new' && (
        <NewConversationDialog
          onClose={close}
          onCreated={(id) => {
            close();
            openConversation(id);
          }}
        />
      )}
      {showing === 'settings' && <SettingsDialog onClose={close} />}
    </div>
  );
}
