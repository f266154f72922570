/** Owns how a person looks who can be chosen. */
import type { User } from '@natter/protocol';
import { usePresence } from '@natter/react';
import type { LiHTMLAttributes } from 'react';
import { Avatar } from '../avatar/Avatar.tsx';
import { Icon } from '../icons/Icon.tsx';
import { presenceText } from '../presence/presenceText.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';

export interface PersonOptionProps {
  user: User;
  /** Null where choosing one is the end of it. */
  chosen: boolean | null;
  disabled: boolean;
  /** Of `useOptions`. */
  option: LiHTMLAttributes<HTMLLIElement>;
}

export function PersonOption({ user, chosen, disabled, option }: PersonOptionProps) {
  const { texts, locale } = useUi();
  const now = useNow(60_000);
  const presence = usePresence([user.id]).get(user.id);
  const seen = presence ?? { userId: user.id, online: false, lastSeenAt: user.lastSeenAt };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus.
    <li
      {...option}
      className="natter-person"
      aria-disabled={disabled}
      onClick={disabled ? undefined : option.onClick}
    >
      <Avatar
        id={user.id}
        name={user.name}
        picture={user.picture}
        size="small"
        online={presence?.online === true}
        silent
      />
      <span className="natter-person-text">
        <span className="natter-person-name natter-one-line" dir="auto">
          {user.name}
        </span>
        <span className="natter-person-seen">{presenceText(seen, now, texts, locale)}</span>
      </span>
      {chosen !== null && (
        <span className="natter-person-check">{chosen && <Icon name="check" />}</span>
      )}
    </li>
  );
}
