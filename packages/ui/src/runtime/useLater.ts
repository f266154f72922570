/** Owns waiting with what is not needed to see and read: it is made after that is drawn, in time that nobody waits for. */
import { useDeferredValue } from 'react';

/** False when something is first drawn, true soon after. */
export function useLater(): boolean {
  return useDeferredValue(true, false);
}
