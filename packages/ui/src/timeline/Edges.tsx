/** Owns what floats over both ends of the timeline, so that it takes no room and moves nothing. */
import type { ErrorBody } from '@natter/protocol';
import { Spinner } from '../dialogs/Spinner.tsx';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export interface OlderStateProps {
  loading: boolean;
  error: ErrorBody | null;
  onRetry: () => void;
}

export function OlderState({ loading, error, onRetry }: OlderStateProps) {
  const { texts } = useUi();
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
      <span title={error.message}>{texts.timeline.olderFailed}</span>
      <button type="button" className="natter-link-button" onClick={onRetry}>
        {texts.common.retry}
      </button>
    </div>
  );
}

export function JumpButton({ count, onJump }: { count: number; onJump: () => void }) {
  const { texts } = useUi();
  const label = count === 0 ? texts.timeline.jump : texts.timeline.jumpWithNew(count);
  return (
    <button type="button" className="natter-jump" aria-label={label} title={label} onClick={onJump}>
      <Icon name="down" />
      {count > 0 && (
        <span className="natter-unread-badge" aria-hidden="true">
          {count}
        </span>
      )}
    </button>
  );
}
