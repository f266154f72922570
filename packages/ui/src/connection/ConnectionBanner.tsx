/** Owns telling how the connection is. Nothing shows while all is well; the region stays, so that changes are announced. */
import type { ConnectionSnapshot } from '@natter/client';
import { unreachable } from '@natter/protocol';
import { useChatClient, useConnectionStatus } from '@natter/react';
import { useEffect, useState } from 'react';
import { type Ui, useNow, useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';

export interface ConnectionBannerProps {
  /** Offered when the server no longer accepts the token. */
  onSignIn?: () => void;
}

/** A blip is over before anybody could read of it. */
const blipMs = 1_000;

export function ConnectionBanner({ onSignIn }: ConnectionBannerProps) {
  const ui = useUi();
  const { texts } = ui;
  const { connection } = useChatClient();
  const status = useConnectionStatus();
  const found = describeConnection(status, ui);
  const hasLasted = useLasting(found !== null, blipMs);
  const banner = hasLasted || status.status === 'disconnected' ? found : null;
  return (
    <div className="natter-banner-region" role="status" aria-label={texts.connection.label}>
      {banner !== null && (
        <div className="natter-banner" data-tone={banner.tone}>
          <span>{banner.text}</span>
          {status.status === 'reconnecting' && status.retryAt !== null && status.online && (
            <Countdown until={status.retryAt} />
          )}
          {banner.action === 'reconnect' && (
            <button
              type="button"
              className="natter-banner-button"
              onClick={() => connection.reconnect()}
            >
              {banner.actionText}
            </button>
          )}
          {banner.action === 'signIn' && onSignIn !== undefined && (
            <button type="button" className="natter-banner-button" onClick={onSignIn}>
              {banner.actionText}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

/** True once `isSo` has been so for `ms`. */
function useLasting(isSo: boolean, ms: number): boolean {
  const { clock } = useUi();
  const [hasLasted, setHasLasted] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const cancel = clock.after(ms, () => setHasLasted(true));
    return () => {
      cancel();
      setHasLasted(false);
    };
  }, [clock, isSo, ms]);
  return isSo && hasLasted;
}

/** Seconds are for the eye: announced one by one they would drown everything else. */
function Countdown({ until }: { until: number }) {
  const { texts } = useUi();
  const now = useNow(250);
  return <span aria-hidden="true">{texts.connection.countdown(secondsLeft(until, now))}</span>;
}

/** Counts 3, 2, 1, and shows 0 only when the moment has come. */
export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1_000));
}

interface Banner {
  tone: 'quiet' | 'warning' | 'error';
  text: string;
  action: 'reconnect' | 'signIn' | null;
  actionText: string;
}

type Words = Pick<Ui, 'texts' | 'language'>;

function describeConnection(status: ConnectionSnapshot, words: Words): Banner | null {
  const say = words.texts.connection;
  switch (status.status) {
    case 'connected':
      return status.synced
        ? null
        : { tone: 'quiet', text: say.updating, action: null, actionText: '' };
    case 'connecting':
      return { tone: 'quiet', text: say.connecting, action: null, actionText: '' };
    case 'reconnecting':
      if (!status.online)
        return { tone: 'warning', text: say.offline, action: 'reconnect', actionText: say.tryNow };
      if (status.retryAt === null)
        return { tone: 'warning', text: say.reconnecting, action: null, actionText: '' };
      return {
        tone: 'warning',
        text: say.reconnectingIn,
        action: 'reconnect',
        actionText: say.tryNow,
      };
    case 'disconnected':
      return describeEnd(status, words);
    default:
      return unreachable(status);
  }
}

function describeEnd(
  status: Extract<ConnectionSnapshot, { status: 'disconnected' }>,
  words: Words,
): Banner | null {
  const say = words.texts.connection;
  switch (status.reason) {
    case 'notStarted':
      return null;
    case 'stopped':
      return { tone: 'warning', text: say.stopped, action: 'reconnect', actionText: say.connect };
    case 'gaveUp':
      return { tone: 'error', text: say.gaveUp, action: 'reconnect', actionText: say.tryNow };
    case 'signedOut':
      return { tone: 'error', text: say.signedOut, action: 'signIn', actionText: say.signIn };
    case 'refused':
      return {
        tone: 'error',
        text: status.error === null ? say.refused : errorText(status.error, words),
        action: 'reconnect',
        actionText: say.tryNow,
      };
    default:
      return unreachable(status.reason);
  }
}
