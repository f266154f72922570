/** Owns what floats over both ends of the timeline, so that it takes no room and moves nothing. */
import type { ErrorBody } from '@natter/protocol';
import { Spinner } from '../dialogs/Spinner.tsx';
import { formatCount } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';

const countMax = 999;

export interface OlderStateProps {
  loading: boolean;
  error: ErrorBody | null;
  onRetry: () => void;
}

export function OlderState({ loading, error, onRetry }: OlderStateProps) {
  const ui = useUi();
  const { texts } = ui;
  if (loading) {
    return (
      <div className="natter-older">
        <Spinner label={texts.timeline.loadingOlder} />
      </div>
    );
  }
  if (error === null) return null;
  return (
    <div className="natter-older" role="alert">
      <span title={errorText(error, ui)}>{texts.timeline.olderFailed}</span>
      <button type="button" className="natter-link-button" onClick={onRetry}>
        {texts.common.retry}
      </button>
    </div>
  );
}

export interface JumpButtonProps {
  /** New ones below. */
  count: number;
  onJump: (byKeyboard: boolean) => void;
}

export function JumpButton({ count, onJump }: JumpButtonProps) {
  const { texts, locale } = useUi();
  const label = count === 0 ? texts.timeline.jump : texts.timeline.jumpWithNew(count);
  return (
    <button
      type="button"
      className="natter-jump"
      aria-label={label}
      title={label}
      // A click by keyboard has no count of presses.
      onClick={(event) => onJump(event.detail === 0)}
    >
      <Icon name="down" />
      {count > 0 && (
        <span className="natter-unread-badge" aria-hidden="true">
          {count > countMax ? texts.common.unreadMax(countMax) : formatCount(count, locale)}
        </span>
      )}
    </button>
  );
}

export function FirstUnreadButton({ onJump }: { onJump: () => void }) {
  const { texts } = useUi();
  return (
    <button type="button" className="natter-first-unread" onClick={onJump}>
      <Icon name="up" />
      {texts.timeline.jumpToUnread}
    </button>
  );
}

/** Says in passing that the message which was asked for is not there. */
export function OpeningTrouble({ trouble }: { trouble: 'missing' | 'unreachable' | null }) {
  const { texts } = useUi();
  const text = {
    missing: texts.timeline.messageMissing,
    unreachable: texts.timeline.messageUnreachable,
  };
  return (
    <div className="natter-opening-trouble" role="status">
      {trouble !== null && <span>{text[trouble]}</span>}
    </div>
  );
}
