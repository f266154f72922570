/** Owns what the browser allows: notifications, followed as it changes, since a person may allow or block them outside the page. */
import { useCallback, useEffect, useState } from 'react';

/** `unsupported`: this browser has none, or not on this address (plain http). */
export type NotificationState = NotificationPermission | 'unsupported';

export function readNotificationState(): NotificationState {
  return 'Notification' in globalThis ? Notification.permission : 'unsupported';
}

export function useNotificationPermission(): {
  state: NotificationState;
  /** Only on a press: browsers ask nobody otherwise. */
  ask: () => Promise<NotificationState>;
} {
  const [state, setState] = useState(readNotificationState);

  useEffect(() => {
    let status: PermissionStatus | null = null;
    let gone = false;
    const follow = () => setState(readNotificationState());
    navigator.permissions?.query({ name: 'notifications' }).then(
      (found) => {
        if (gone) return;
        status = found;
        status.addEventListener('change', follow);
      },
      // Then what it said at first holds until it is asked again.
      () => {},
    );
    return () => {
      gone = true;
      status?.removeEventListener('change', follow);
    };
  }, []);

  const ask = useCallback(async () => {
    if (readNotificationState() === 'default') await Notification.requestPermission();
    const now = readNotificationState();
    setState(now);
    return now;
  }, []);

  return { state, ask };
}
