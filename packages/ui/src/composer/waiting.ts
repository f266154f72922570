/** Owns what the composer says of a connection that is away: what becomes of what is sent meanwhile. */
import type { ConnectionSnapshot } from '@natter/client';
import { useConnectionStatus, usePersistence } from '@natter/react';
import { useUi } from '../runtime/UiProvider.tsx';

/** A line above the field, for what a person must know; null while there is nothing to say. */
export function useWaitingNote(): string | null {
  const connection = useConnectionStatus();
  const isKept = usePersistence().state === 'kept';
  const say = useUi().texts.composer;
  if (isAway(connection)) return isKept ? null : say.waitingHere;
  if (connection.status !== 'disconnected' || connection.reason === 'notStarted') return null;
  if (connection.reason === 'signedOut') return isKept ? say.signedOut : say.signedOutHere;
  return isKept ? say.waiting : say.waitingHere;
}

/** In the empty field that it waits is said without moving what is read; that the network is away the banner says. */
export function usePlaceholder(): string {
  const isWaiting = isAway(useConnectionStatus());
  const say = useUi().texts.composer;
  return isWaiting ? say.placeholderWaiting : say.placeholder;
}

/** For longer than a blink. */
function isAway(connection: ConnectionSnapshot): boolean {
  return connection.status === 'reconnecting' && (!connection.online || connection.attempt > 1);
}
