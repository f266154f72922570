/** Owns finding people and choosing one or several of them. */
import type { User, UserId } from '@natter/protocol';
import { usePresence } from '@natter/react';
import { useId, useState } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { Icon } from '../icons/Icon.tsx';
import { presenceText } from '../presence/presenceText.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { usePeople } from './usePeople.ts';

export interface PeoplePickerProps {
  /** Null: choosing one is the end of it. */
  chosen: ReadonlyMap<UserId, User> | null;
  onPick: (user: User) => void;
  disabled?: boolean;
  /** Those not offered. */
  without?: ReadonlySet<UserId>;
}

export function PeoplePicker({ chosen, onPick, disabled = false, without }: PeoplePickerProps) {
  const { texts } = useUi();
  const [query, setQuery] = useState('');
  const people = usePeople(query);
  const users =
    without === undefined ? people.users : people.users.filter(({ id }) => !without.has(id));
  const inputId = useId();

  return (
    <div className="natter-people">
      <div className="natter-search">
        <Icon name="search" />
        <input
          id={inputId}
          type="search"
          data-natter-focus
          value={query}
          maxLength={120}
          placeholder={texts.newConversation.search}
          aria-label={texts.newConversation.search}
          autoComplete="off"
          onChange={(event) => setQuery(event.target.value)}
        />
      </div>
      <div className="natter-people-results" aria-busy={people.state === 'loading'}>
        {users.length > 0 && (
          <ul aria-label={texts.newConversation.people}>
            {users.map((user) => (
              <li key={user.id}>
                <Person
                  user={user}
                  chosen={chosen === null ? null : chosen.has(user.id)}
                  disabled={disabled}
                  onPick={onPick}
                />
              </li>
            ))}
          </ul>
        )}
        {users.length === 0 && people.state === 'loading' && (
          <Spinner label={texts.common.loading} />
        )}
        {users.length === 0 && people.state === 'ready' && (
          <Notice
            icon="people"
            title={texts.newConversation.nobody}
            hint={texts.newConversation.nobodyHint}
          />
        )}
        {people.state === 'error' && (
          <Notice
            icon="alert"
            title={texts.newConversation.searchFailed}
            hint={people.error?.message}
            failure
          >
            <button type="button" className="natter-button" onClick={people.retry}>
              {texts.common.retry}
            </button>
          </Notice>
        )}
        {people.next !== null && people.state === 'ready' && (
          <button type="button" className="natter-button" onClick={people.more}>
            {texts.common.loadMore}
          </button>
        )}
      </div>
    </div>
  );
}

interface PersonProps {
  user: User;
  /** Null where choosing one is the end of it. */
  chosen: boolean | null;
  disabled: boolean;
  onPick: (user: User) => void;
}

function Person({ user, chosen, disabled, onPick }: PersonProps) {
  const { texts, locale } = useUi();
  const now = useNow(60_000);
  const presence = usePresence([user.id]).get(user.id);
  const seen = presence ?? { userId: user.id, online: false, lastSeenAt: user.lastSeenAt };
  return (
    <button
      type="button"
      className="natter-person"
      {...(chosen === null ? {} : { role: 'checkbox', 'aria-checked': chosen })}
      disabled={disabled}
      onClick={() => onPick(user)}
    >
      <Avatar
        id={user.id}
        name={user.name}
        size="small"
        online={presence?.online === true}
        silent
      />
      <span className="natter-person-text">
        <span className="natter-person-name">{user.name}</span>
        <span className="natter-person-seen">{presenceText(seen, now, texts, locale)}</span>
      </span>
      {chosen !== null && (
        <span className="natter-person-check">{chosen && <Icon name="check" />}</span>
      )}
    </button>
  );
}
