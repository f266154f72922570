/** Owns the ticks: how far my message has got. Each has a shape of its own; colour comes on top. */
import type { MessageStatus } from '@natter/client';
import { Icon, type IconName } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

const icons: Record<MessageStatus, IconName> = {
  sending: 'clock',
  sent: 'check',
  delivered: 'checks',
  read: 'read',
  failed: 'alert',
};

export function StatusTick({ status }: { status: MessageStatus }) {
  const { texts } = useUi();
  const label = texts.timeline.status[status];
  return (
    <span className="natter-tick" data-status={status} role="img" aria-label={label} title={label}>
      <Icon name={icons[status]} />
    </span>
  );
}
