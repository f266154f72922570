/** Owns asking the program whom one can be. */
import { useCallback, useEffect, useState } from 'react';
import { type DemoPerson, fetchDemoPeople } from '../demo.ts';

type Found =
  | { state: 'loading' }
  | { state: 'failed' }
  /** The demo is off. */
  | { state: 'none' }
  | { state: 'people'; people: DemoPerson[] };

export function useDemoPeople(): { found: Found; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<Found>({ state: 'loading' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what "try again" changes.
  useEffect(() => {
    const abort = new AbortController();
    setFound({ state: 'loading' });
    fetchDemoPeople(abort.signal).then(
      (people) => setFound(people === null ? { state: 'none' } : { state: 'people', people }),
      () => {
        if (!abort.signal.aborted) setFound({ state: 'failed' });
      },
    );
    return () => abort.abort();
  }, [attempt]);

  const retry = useCallback(() => setAttempt((n) => n + 1), []);
  return { found, retry };
}
