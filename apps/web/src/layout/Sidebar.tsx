/** Owns the side with the list: its head, and who I am at its foot. */
import type { ConversationId } from '@natter/protocol';
import { useMe } from '@natter/react';
import { Avatar, ConversationList, IconButton, useUi } from '@natter/ui';
import { useTexts } from '../texts/language.ts';

export interface SidebarProps {
  openId: ConversationId | null;
  onSelect: (id: ConversationId) => void;
  onNew: () => void;
  onSettings: () => void;
  onSignOut: () => void;
}

export function Sidebar({ openId, onSelect, onNew, onSettings, onSignOut }: SidebarProps) {
  const me = useMe();
  const texts = useTexts();
  const kit = useUi().texts;
  return (
    <section className="app-sidebar" aria-label={texts.layout.sidebar}>
      <header>
        <h1>{kit.conversations.title}</h1>
        <IconButton icon="compose" label={texts.layout.newConversation} onClick={onNew} />
      </header>
      <ConversationList selectedId={openId} onSelect={onSelect} onNew={onNew} />
      <footer>
        {me !== null && (
          <>
            <Avatar id={me.userId} name={me.name} size="small" />
            <span className="app-me" title={texts.layout.signedInAs(me.name)}>
              {me.name}
            </span>
          </>
        )}
        <IconButton icon="settings" label={texts.layout.settings} onClick={onSettings} />
        <IconButton icon="signOut" label={texts.layout.signOut} onClick={onSignOut} />
      </footer>
    </section>
  );
}
