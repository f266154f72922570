/** Owns the chips of the people who are chosen: pressed, or with Delete, one is let go; arrows go from one to the next. */
import type { User, UserId } from '@natter/protocol';
import type { KeyboardEvent, Ref } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export interface ChosenPeopleProps {
  chosen: ReadonlyMap<UserId, User>;
  onRemove: (user: User) => void;
  /** To what is behind them. */
  onLeave: () => void;
  ref?: Ref<HTMLUListElement>;
}

export function ChosenPeople({ chosen, onRemove, onLeave, ref }: ChosenPeopleProps) {
  const { texts } = useUi();
  if (chosen.size === 0) return null;

  function press(event: KeyboardEvent<HTMLElement>, user: User) {
    const at = event.currentTarget.closest('li');
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const [back, on] = rtl ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    if (event.key === back) at?.previousElementSibling?.querySelector('button')?.focus();
    else if (event.key === on) {
      const next = at?.nextElementSibling?.querySelector('button') ?? null;
      if (next === null) onLeave();
      else next.focus();
    } else if (event.key === 'Backspace' || event.key === 'Delete') {
      onRemove(user);
      onLeave();
    } else return;
    event.preventDefault();
  }

  return (
    <ul ref={ref} className="natter-chips" aria-label={texts.newConversation.chosenPeople}>
      {[...chosen.values()].map((user) => (
        <li key={user.id}>
          <button
            type="button"
            className="natter-chip"
            // Reached with the arrow from the field, so that Tab goes past any number of them.
            tabIndex={-1}
            title={user.name}
            onKeyDown={(event) => press(event, user)}
            onClick={() => {
              onRemove(user);
              onLeave();
            }}
          >
            <span className="natter-visually-hidden">{texts.newConversation.letGo(user.name)}</span>
            <Avatar id={user.id} name={user.name} picture={user.picture} size="tiny" silent />
            <span dir="auto" aria-hidden="true">
              {user.name}
            </span>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}
