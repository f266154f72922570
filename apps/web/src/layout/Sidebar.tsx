/** Owns the side with the list: its head, and who I am at its foot. */
import type { ConversationId } from '@natter/protocol';
import { useMe } from '@natter/react';
import { Avatar, ConversationList, IconButton, useUi } from '@natter/ui';
import { useTexts } from '../texts/language.ts';
import { switchShortcut } from './useSwitchKey.ts';

export interface SidebarProps {
  openId: ConversationId | null;
  onSelect: (id: ConversationId) => void;
  onNew: () => void;
  /** Opens the switcher with this in it. */
  onSwitch: (query: string) => void;
  mutedIds: ReadonlySet<ConversationId>;
  onMute: (id: ConversationId, muted: boolean) => void;
  onProfile: () => void;
  onSettings: () => void;
  onSignOut: () => void;
}

export function Sidebar({
  openId,
  onSelect,
  onNew,
  onSwitch,
  mutedIds,
  onMute,
  onProfile,
  onSettings,
  onSignOut,
}: SidebarProps) {
  const me = useMe();
  const texts = useTexts();
  const kit = useUi().texts;
  return (
    <section className="app-sidebar" aria-label={texts.layout.sidebar}>
      <header>
        <h1>{kit.conversations.title}</h1>
        <IconButton
          icon="search"
          className="app-switch"
          label={texts.layout.switch}
          aria-keyshortcuts={switchShortcut.aria}
          title={`${texts.layout.switch} (${switchShortcut.shown})`}
          onClick={() => onSwitch('')}
        />
        <IconButton icon="compose" label={texts.layout.newConversation} onClick={onNew} />
      </header>
      <ConversationList
        selectedId={openId}
        onSelect={onSelect}
        onNew={onNew}
        onSearchPeople={onSwitch}
        mutedIds={mutedIds}
        onMute={onMute}
      />
      <footer>
        {me !== null && (
          <button
            type="button"
            className="app-me"
            title={texts.layout.signedInAs(me.name)}
            aria-haspopup="dialog"
            onClick={onProfile}
          >
            <span className="natter-visually-hidden">{texts.layout.profile(me.name)}</span>
            <Avatar id={me.userId} name={me.name} picture={me.picture} size="small" silent />
            <span className="natter-one-line" dir="auto" aria-hidden="true">
              {me.name}
            </span>
          </button>
        )}
        <IconButton icon="settings" label={texts.layout.settings} onClick={onSettings} />
        <IconButton icon="signOut" label={texts.layout.signOut} onClick={onSignOut} />
      </footer>
    </section>
  );
}
