/** Owns the button that asks for files. What may be attached is said where it is pointed at, and worked out after the rest. */
import { limits } from '@natter/protocol';
import { formatBytes } from '../formatting/size.ts';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { useLater } from '../runtime/useLater.ts';

export function AttachButton({ onClick }: { onClick: () => void }) {
  const { texts, locale } = useUi();
  const say = texts.composer;
  // The first amount in a language takes a browser as long as drawing several messages.
  const tellsLimits = useLater();
  const title = tellsLimits
    ? say.attachLimits(limits.attachmentsMax, formatBytes(limits.uploadBytesMax, locale))
    : say.attach;
  return <IconButton icon="attach" label={say.attach} title={title} onClick={onClick} />;
}
