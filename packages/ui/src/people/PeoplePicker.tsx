/**
 * Owns finding people and choosing one or several of them, by keyboard alone too: arrows move, Enter chooses, Backspace
 * lets go of the last one chosen.
 */
import { limits, type User, type UserId } from '@natter/protocol';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useOptions } from '../choosing/useOptions.ts';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';
import { ChosenPeople } from './ChosenPeople.tsx';
import { PersonOption } from './PersonOption.tsx';
import { usePeople } from './usePeople.ts';

export interface PeoplePickerProps {
  /** Null: choosing one is the end of it. */
  chosen: ReadonlyMap<UserId, User> | null;
  /** Of somebody who is chosen already: they are let go. */
  onPick: (user: User) => void;
  disabled?: boolean;
  /** Those not offered. */
  without?: ReadonlySet<UserId>;
}

/** When the active one is this near to the end, what follows is asked for. */
const aheadOptions = 3;

export function PeoplePicker({ chosen, onPick, disabled = false, without }: PeoplePickerProps) {
  const ui = useUi();
  const { texts } = ui;
  const say = texts.newConversation;
  const field = useRef<HTMLInputElement>(null);
  const chips = useRef<HTMLUListElement>(null);
  const [query, setQuery] = useState('');
  const people = usePeople(query);
  const users =
    without === undefined ? people.users : people.users.filter(({ id }) => !without.has(id));
  const isFull = chosen !== null && chosen.size >= limits.membersPerRequestMax;

  function pick(user: User) {
    if (disabled) return;
    onPick(user);
    // The next one is another name.
    if (chosen !== null) setQuery('');
  }

  const { input, list, option, activeIndex } = useOptions({
    label: say.people,
    items: users,
    keyOf: ({ id }) => id,
    onPick: pick,
    ...(chosen === null ? {} : { isChosen: ({ id }: User) => chosen.has(id) }),
  });

  const { more } = people;
  const nearEnd = people.state === 'ready' && activeIndex >= users.length - aheadOptions;
  useEffect(() => {
    if (nearEnd) more();
  }, [nearEnd, more]);

  function press(event: KeyboardEvent<HTMLInputElement>) {
    input.onKeyDown(event);
    // Nothing to choose is no reason to send the form around it.
    if (event.key === 'Enter') event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const atStart = selectionStart === 0 && selectionEnd === 0;
    const last = [...(chosen?.values() ?? [])].at(-1);
    if (!atStart || last === undefined) return;
    if (event.key === 'Backspace') onPick(last);
    else if (event.key === backwards(event.currentTarget))
      chips.current?.querySelector<HTMLElement>('li:last-child button')?.focus();
  }

  return (
    <div className="natter-people">
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a press beside the text is one on the field, as in any field. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the field inside is what is used. */}
      <div className="natter-search" onClick={() => field.current?.focus()}>
        <Icon name="search" />
        {chosen !== null && (
          <ChosenPeople
            ref={chips}
            chosen={chosen}
            onRemove={onPick}
            onLeave={() => field.current?.focus()}
          />
        )}
        <input
          {...input}
          ref={field}
          type="text"
          inputMode="search"
          enterKeyHint="done"
          data-natter-focus
          value={query}
          maxLength={limits.nameCharactersMax}
          placeholder={chosen === null || chosen.size === 0 ? say.search : ''}
          aria-label={say.search}
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={press}
        />
        {people.state === 'loading' && users.length > 0 && <Spinner label={texts.common.loading} />}
      </div>
      {isFull && (
        <p className="natter-form-hint" role="status">
          {say.chosenMax(limits.membersPerRequestMax)}
        </p>
      )}
      <div className="natter-people-results" aria-busy={people.state === 'loading'}>
        {users.length > 0 && (
          <ul {...list}>
            {users.map((user, index) => (
              <PersonOption
                key={user.id}
                user={user}
                chosen={chosen === null ? null : chosen.has(user.id)}
                disabled={disabled || (isFull && !chosen.has(user.id))}
                option={option(user, index)}
              />
            ))}
          </ul>
        )}
        {users.length === 0 && people.state === 'loading' && (
          <Spinner label={texts.common.loading} />
        )}
        {users.length === 0 && people.state === 'ready' && (
          <Notice icon="people" title={say.nobody} hint={query === '' ? '' : say.nobodyHint} />
        )}
        {people.error !== null && (
          <Notice icon="alert" title={say.searchFailed} hint={errorText(people.error, ui)} failure>
            <button type="button" className="natter-button" onClick={people.retry}>
              {texts.common.retry}
            </button>
          </Notice>
        )}
        {people.next !== null && people.state === 'ready' && people.error === null && (
          <button type="button" className="natter-button" onClick={people.more}>
            {texts.common.loadMore}
          </button>
        )}
      </div>
      <p className="natter-visually-hidden" role="status">
        {people.state === 'ready' && query !== '' && say.found(users.length)}
      </p>
    </div>
  );
}

/** The arrow towards the start of the line. */
function backwards(element: Element): string {
  return getComputedStyle(element).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
}
