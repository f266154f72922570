/** Owns going somewhere by typing a part of its name: conversations first, and people to begin one with. */
import type { ConversationId, ErrorBody } from '@natter/protocol';
import { useChatClient, useConversations } from '@natter/react';
import { useMemo, useState } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { useOptions } from '../choosing/useOptions.ts';
import { unreadText } from '../conversations/ConversationRow.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { Notice } from '../dialogs/Notice.tsx';
import { Icon } from '../icons/Icon.tsx';
import { errorBody, usePeople } from '../people/usePeople.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';
import { conversationResults, peopleResults, type Result, serverQuery } from './results.ts';

export interface QuickSwitcherProps {
  /** The open conversation: not offered before anything is typed. */
  openId?: ConversationId | null;
  /** What is typed at first. */
  query?: string;
  /** One was chosen, or begun with the person chosen. */
  onOpen: (id: ConversationId) => void;
  onClose: () => void;
}

export function SwitcherDialog({
  openId = null,
  query: first = '',
  onOpen,
  onClose,
}: QuickSwitcherProps) {
  const ui = useUi();
  const { texts } = ui;
  const say = texts.switcher;
  const { conversations } = useChatClient();
  const { items } = useConversations();
  const [query, setQuery] = useState(first);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const people = usePeople(serverQuery(query));

  const results = useMemo(
    () => [
      ...conversationResults(items, query, openId),
      ...peopleResults(people.users, items, query),
    ],
    [items, query, openId, people.users],
  );

  async function pick(result: Result) {
    if (busy) return;
    if (result.kind === 'conversation') return onOpen(result.item.conversation.id);
    setBusy(true);
    setError(null);
    try {
      onOpen(await conversations.createDirect(result.user.id));
    } catch (cause) {
      setError(errorBody(cause));
      setBusy(false);
    }
  }

  const { input, list, option } = useOptions({
    label: say.results,
    items: results,
    keyOf: ({ key }) => key,
    onPick: pick,
  });
  const groups = (['conversation', 'person'] as const).map((kind) => ({
    kind,
    label: kind === 'conversation' ? say.conversations : say.people,
    results: results.flatMap((result, index) => (result.kind === kind ? [{ result, index }] : [])),
  }));

  return (
    <Dialog title={say.title} onClose={onClose}>
      <div className="natter-switcher" aria-busy={people.state === 'loading' || busy}>
        <div className="natter-search">
          <Icon name="search" />
          <input
            type="text"
            inputMode="search"
            enterKeyHint="go"
            data-natter-focus
            value={query}
            maxLength={120}
            placeholder={say.placeholder}
            aria-label={say.label}
            onChange={(event) => setQuery(event.target.value)}
            {...input}
          />
        </div>
        <div className="natter-switcher-results" {...list}>
          {groups.map(
            (group) =>
              group.results.length > 0 && (
                // biome-ignore lint/a11y/useSemanticElements: a listbox may hold groups, and no fieldsets.
                <div key={group.kind} role="group" aria-label={group.label}>
                  <p className="natter-switcher-heading" aria-hidden="true">
                    {group.label}
                  </p>
                  {group.results.map(({ result, index }) => (
                    <div
                      key={result.key}
                      className="natter-switcher-option"
                      {...option(result, index)}
                    >
                      <ResultLine result={result} />
                    </div>
                  ))}
                </div>
              ),
          )}
        </div>
        {results.length === 0 && people.state === 'ready' && (
          <Notice icon="search" title={say.nothing} hint={say.nothingHint} />
        )}
        {people.state === 'error' && people.error !== null && (
          <p className="natter-form-error" role="alert">
            {say.searchFailed} {errorText(people.error, ui)}
          </p>
        )}
        {error !== null && (
          <p className="natter-form-error" role="alert">
            {say.failed} {errorText(error, ui)}
          </p>
        )}
        <p className="natter-switcher-hint" aria-hidden="true">
          {say.hint}
        </p>
      </div>
    </Dialog>
  );
}

function ResultLine({ result }: { result: Result }) {
  const { texts } = useUi();
  if (result.kind === 'person')
    return (
      <>
        <Avatar
          id={result.user.id}
          name={result.user.name}
          picture={result.user.picture}
          size="small"
          silent
        />
        <span className="natter-switcher-name natter-one-line" dir="auto">
          {result.user.name}
        </span>
        <span className="natter-switcher-note">{texts.switcher.start}</span>
      </>
    );
  const { conversation, peer, title, unreadCount } = result.item;
  return (
    <>
      <Avatar
        id={peer?.userId ?? conversation.id}
        name={title}
        picture={peer?.picture ?? conversation.picture}
        group={conversation.kind === 'group'}
        size="small"
        silent
      />
      <span className="natter-switcher-name natter-one-line" dir="auto">
        {title}
      </span>
      {unreadCount > 0 && (
        <span className="natter-unread-badge">
          <span aria-hidden="true">{unreadText(unreadCount, texts.common.unreadMax)}</span>
          <span className="natter-visually-hidden">{texts.conversations.unread(unreadCount)}</span>
        </span>
      )}
    </>
  );
}
