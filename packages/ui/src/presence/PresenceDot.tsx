/** Owns the green dot. Colour is not all it says: it carries the word for those who do not see it. */
import { useUi } from '../runtime/UiProvider.tsx';

export function PresenceDot({ online }: { online: boolean }) {
  const { texts } = useUi();
  const label = online ? texts.presence.online : texts.presence.offline;
  return (
    <span
      className="natter-presence-dot"
      data-online={online}
      role="img"
      aria-label={label}
      title={label}
    />
  );
}
