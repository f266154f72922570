/** Owns whether somebody looks: the page is visible and its window has the focus. */
import { useSyncExternalStore } from 'react';

export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, attends, () => false);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  document.addEventListener('visibilitychange', listener);
  return () => {
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
    document.removeEventListener('visibilitychange', listener);
  };
}

function attends(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}
