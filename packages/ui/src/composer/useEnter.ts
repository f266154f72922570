/** Owns what the Enter key does: it sends, but where a keyboard is on the screen it is the only way to a new line. */
import { useCallback, useSyncExternalStore } from 'react';

export interface EnterKey {
  /** What the key on the screen says. */
  hint: 'send' | 'enter';
  /** Is this key a wish to send? */
  sends: (event: KeyboardEvent) => boolean;
}

const touch = '(pointer: coarse)';

export function useEnter(): EnterKey {
  const isTouch = useSyncExternalStore(subscribe, read, () => false);
  const sends = useCallback(
    (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || isComposing(event)) return false;
      if (event.ctrlKey || event.metaKey) return true;
      return !isTouch && !event.shiftKey && !event.altKey;
    },
    [isTouch],
  );
  return { hint: isTouch ? 'enter' : 'send', sends };
}

/** An input method is at work: its keys choose words. Safari ends it before the key that ended it, and says 229. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

function subscribe(listener: () => void): () => void {
  const query = matchMedia(touch);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

function read(): boolean {
  return matchMedia(touch).matches;
}
