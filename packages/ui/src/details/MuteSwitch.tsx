/** Owns muting one conversation, where the application knows of it. */
import { useId } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';

export interface Muting {
  muted?: boolean;
  /** Without it, nothing offers to mute. */
  onMute?: ((muted: boolean) => void) | undefined;
}

export function MuteSwitch({ muted = false, onMute }: Muting) {
  const { texts } = useUi();
  const hintId = useId();
  if (onMute === undefined) return null;
  return (
    <label className="natter-about-setting">
      <span className="natter-about-setting-text">
        {texts.details.mute}
        <span className="natter-form-hint" id={hintId}>
          {texts.details.muteHint}
        </span>
      </span>
      <input
        type="checkbox"
        role="switch"
        className="natter-switch"
        aria-label={texts.details.mute}
        aria-describedby={hintId}
        checked={muted}
        aria-checked={muted}
        onChange={(event) => onMute(event.target.checked)}
      />
    </label>
  );
}
