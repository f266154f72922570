/** Owns what a message that arrives does besides showing: nothing that was seen, muted or written by me asks for attention. */
export interface Arrival {
  isUnread: boolean;
  isMuted: boolean;
  /** Some tab of mine is in view. */
  isInView: boolean;
  /** The conversation is open in a tab that is in view. */
  isBeingRead: boolean;
  /** Of the tabs of one person, one speaks. */
  speaks: boolean;
  wants: { notifications: boolean; sound: boolean };
  permission: NotificationPermission | 'unsupported';
  /** Since the last tone; null before the first. */
  sinceToneMs: number | null;
}

/** Messages that come closer together are one burst. */
export const burstMs = 3_000;

export function decide(arrival: Arrival): { notify: boolean; sound: boolean; offer: boolean } {
  const { wants, permission, speaks, isInView, isBeingRead, sinceToneMs } = arrival;
  const counts = arrival.isUnread && !arrival.isMuted;
  return {
    notify: counts && speaks && !isInView && wants.notifications && permission === 'granted',
    sound:
      counts &&
      speaks &&
      !isBeingRead &&
      wants.sound &&
      (sinceToneMs === null || sinceToneMs >= burstMs),
    offer: counts && !isInView && wants.notifications && permission === 'default',
  };
}
