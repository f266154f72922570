/** Owns the round mark of a person or a group. It repeats the name beside it, so screen readers pass over it. */
import { Icon } from '../icons/Icon.tsx';
import { PresenceDot } from '../presence/PresenceDot.tsx';
import { avatarColour, initials } from './avatarLook.ts';

export interface AvatarProps {
  id: string;
  name: string;
  size?: 'small' | 'medium' | 'large';
  group?: boolean;
  online?: boolean;
}

export function Avatar({ id, name, size = 'medium', group = false, online = false }: AvatarProps) {
  return (
    <span className={`natter-avatar natter-avatar-${size}`} data-colour={avatarColour(id)}>
      <span className="natter-avatar-face" aria-hidden="true">
        {group ? <Icon name="people" /> : initials(name)}
      </span>
      {online && <PresenceDot online />}
    </span>
  );
}
