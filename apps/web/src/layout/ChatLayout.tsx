/** Owns the main screen: the list beside the open conversation, or one of them at a time where there is no room. */
import type { ConversationId } from '@natter/protocol';
import {
  type ConfirmDialogProps,
  ConnectionBanner,
  type ConversationProps,
  type NewConversationDialogProps,
  Notice,
  onDemand,
  Profile,
  paneOnDemand,
  QuickSwitcher,
  StorageNotice,
} from '@natter/ui';
import {
  type ComponentType,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { AttentionProps } from '../attention/Attention.tsx';
import { followLink } from '../navigation/followLink.ts';
import { navigation, shortcuts, useRoute } from '../navigation/here.ts';
import { messageLink } from '../navigation/route.ts';
import { useMuting } from '../settings/useMuting.ts';
import { useTexts } from '../texts/language.ts';
import { Sidebar } from './Sidebar.tsx';
import { useFirstView } from './useFirstView.ts';
import { useSwitchKey } from './useSwitchKey.ts';

/** Asked for with the page where it shows at once, and else as soon as the list does. */
export const Conversation = paneOnDemand<ConversationProps>(() =>
  import('./parts/Conversation.ts').then(({ Conversation }) => Conversation),
);

const NewConversationDialog = onDemand<NewConversationDialogProps>(() =>
  import('./parts/NewConversationDialog.ts').then(
    ({ NewConversationDialog }) => NewConversationDialog,
  ),
);

const ConfirmDialog = onDemand<ConfirmDialogProps>(() =>
  import('./parts/Conversation.ts').then(({ ConfirmDialog }) => ConfirmDialog),
);

const SettingsDialog = onDemand(() =>
  import('../settings/SettingsDialog.tsx').then(({ SettingsDialog }) => SettingsDialog),
);

/** Not before the first view. A page that cannot load it shows no number, and works. */
const Attention = lazy<ComponentType<AttentionProps>>(() =>
  import('../attention/Attention.tsx').then(
    ({ Attention }) => ({ default: Attention }),
    () => ({ default: () => null }),
  ),
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
  const route = useRoute();
  const openId = route.conversationId;
  const openAt = useMemo(() => (route.seq === null ? null : { seq: route.seq }), [route]);
  const [showing, setShowing] = useState<'new' | 'settings' | 'profile' | 'signOut' | null>(null);
  const close = useCallback(() => setShowing(null), []);
  const [switching, setSwitching] = useState<{ query: string } | null>(null);
  const endSwitching = useCallback(() => setSwitching(null), []);
  const muting = useMuting();

  const isViewed = useFirstView();

  useEffect(() => {
    // What cannot be had now is asked for again when it is opened, and says so then.
    if (isViewed) Conversation.load().catch(() => {});
  }, [isViewed]);

  useEffect(() => {
    function follow() {
      const shortcut = shortcuts.take();
      if (shortcut === 'new') setShowing('new');
      if (shortcut === 'switch') setSwitching({ query: '' });
    }
    follow();
    return shortcuts.subscribe(follow);
  }, []);

  useSwitchKey(useCallback(() => setSwitching({ query: '' }), []));

  function signOut() {
    navigation.close();
    onSignOut().catch(reportError);
  }

  return (
    <div className="app-layout" data-open={openId !== null} onClickCapture={followLink}>
      <div className="app-banners">
        <ConnectionBanner onSignIn={onLeave} />
        <StorageNotice />
        {isViewed && (
          <Suspense>
            <Attention openId={openId} mutedIds={muting.mutedIds} onOpen={openConversation} />
          </Suspense>
        )}
      </div>
      <main className="app-panes">
        <Sidebar
          openId={openId}
          onSelect={openConversation}
          onNew={() => setShowing('new')}
          onProfile={() => setShowing('profile')}
          onSettings={() => setShowing('settings')}
          onSwitch={(query) => setSwitching({ query })}
          {...muting}
          onSignOut={() => setShowing('signOut')}
        />
        <div className="app-main">
          {openId === null ? (
            <Notice icon="chat" title={texts.layout.choose} hint={texts.layout.chooseHint} />
          ) : (
            <Conversation
              id={openId}
              openAt={openAt}
              messageLink={messageLink}
              muted={muting.mutedIds.has(openId)}
              onMute={(muted) => muting.onMute(openId, muted)}
              onBack={navigation.close}
              onLeft={navigation.close}
              autoFocus={matchMedia('(min-width: 721px) and (pointer: fine)').matches}
            />
          )}
        </div>
      </main>
      {switching !== null && (
        <QuickSwitcher
          openId={openId}
          query={switching.query}
          onClose={endSwitching}
          onOpen={(id) => {
            endSwitching();
            openConversation(id);
          }}
        />
      )}
      {showing === 'new' && (
        <NewConversationDialog
          onClose={close}
          onCreated={(id) => {
            close();
            openConversation(id);
          }}
        />
      )}
      {showing === 'profile' && <Profile onClose={close} />}
      {showing === 'signOut' && (
        <ConfirmDialog
          title={texts.layout.signOut}
          body={texts.layout.signOutBody}
          confirm={texts.layout.signOut}
          onClose={close}
          onConfirm={signOut}
        />
      )}
      {showing === 'settings' && <SettingsDialog onClose={close} />}
    </div>
  );
}

/** Where one left off there. */
function openConversation(conversationId: ConversationId): void {
  navigation.go({ conversationId, seq: null });
}
