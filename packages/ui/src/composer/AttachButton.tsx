/** Owns the button that asks for files. What may be attached is said where somebody comes to it, and worked out then. */
import { limits } from '@natter/protocol';
import { useState } from 'react';
import { formatBytes } from '../formatting/size.ts';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export function AttachButton({ onClick }: { onClick: () => void }) {
  const { texts, locale } = useUi();
  const say = texts.composer;
  // The first amount in a language takes a browser as long as drawing several messages.
  const [tellsLimits, setTellsLimits] = useState(false);
  const title = tellsLimits
    ? say.attachLimits(limits.attachmentsMax, formatBytes(limits.uploadBytesMax, locale))
    : say.attach;
  return (
    <IconButton
      icon="attach"
      label={say.attach}
      title={title}
      onPointerEnter={() => setTellsLimits(true)}
      onFocus={() => setTellsLimits(true)}
      onClick={onClick}
    />
  );
}
