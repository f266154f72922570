/** Owns the round mark of a person or a group. It repeats the name beside it, so screen readers pass over it. */
import { Icon } from '../icons/Icon.tsx';
import { PresenceDot } from '../presence/PresenceDot.tsx';
import { replaceable } from '../runtime/replaceable.tsx';
import { avatarColour, initials } from './avatarLook.ts';

export interface AvatarProps {
  id: string;
  name: string;
  size?: 'tiny' | 'small' | 'medium' | 'large' | 'huge';
  group?: boolean;
  online?: boolean;
  /** Whether they are online stands beside it in words; the dot is then for the eye only. */
  silent?: boolean;
}

function DefaultAvatar({
  id,
  name,
  size = 'medium',
  group = false,
  online = false,
  silent = false,
}: AvatarProps) {
  return (
    <span
      className={`natter-avatar natter-avatar-${size}`}
      data-colour={avatarColour(id)}
      aria-hidden={silent}
    >
      <span className="natter-avatar-face" aria-hidden="true">
        {group ? <Icon name="people" /> : initials(name)}
      </span>
      {online && <PresenceDot online />}
    </span>
  );
}

/** Replaceable by a host application. */
export const Avatar = replaceable<AvatarProps>('Avatar', DefaultAvatar);
