/**
 * Owns the round mark of a person or a group: the picture, or initials until it is there and where there is none. It
 * repeats the name beside it, so screen readers pass over it.
 */
import type { FileId } from '@natter/protocol';
import { useRef, useState } from 'react';
import { useFileUrl } from '../files/useFileUrl.ts';
import { Icon } from '../icons/Icon.tsx';
import { PresenceDot } from '../presence/PresenceDot.tsx';
import { replaceable } from '../runtime/replaceable.tsx';
import { avatarColour, initials } from './avatarLook.ts';
import { useNear } from './useNear.ts';

export interface AvatarProps {
  id: string;
  name: string;
  picture?: FileId | null;
  size?: 'tiny' | 'small' | 'medium' | 'large' | 'huge';
  group?: boolean;
  online?: boolean;
  /** Whether they are online stands beside it in words; the dot is then for the eye only. */
  silent?: boolean;
}

function DefaultAvatar({
  id,
  name,
  picture = null,
  size = 'medium',
  group = false,
  online = false,
  silent = false,
}: AvatarProps) {
  const face = useRef<HTMLSpanElement>(null);
  // A list of people may be long: nobody is asked for before they are nearly seen.
  const isNear = useNear(face, picture !== null);
  return (
    <span
      className={`natter-avatar natter-avatar-${size}`}
      data-colour={avatarColour(id)}
      aria-hidden={silent}
    >
      <span ref={face} className="natter-avatar-face" aria-hidden="true">
        {group ? <Icon name="people" /> : initials(name)}
        {picture !== null && isNear && <Picture key={picture} fileId={picture} />}
      </span>
      {online && <PresenceDot online />}
    </span>
  );
}

/** Replaceable by a host application. */
export const Avatar = replaceable<AvatarProps>('Avatar', DefaultAvatar);

/** Lies over the initials once it is there; a picture that cannot be had or shown is none. */
function Picture({ fileId }: { fileId: FileId }) {
  const file = useFileUrl(fileId, 'thumbnail');
  const [broken, setBroken] = useState(false);
  if (file.state !== 'ready' || broken) return null;
  return (
    <img
      className="natter-avatar-picture"
      src={file.url}
      alt=""
      draggable={false}
      onError={() => setBroken(true)}
    />
  );
}
