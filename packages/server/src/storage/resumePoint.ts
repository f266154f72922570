/**
 * Owns reading where to resume from once for all who ask within a second: an older point is as true, it only makes heads
 * come again. Whoever reads after the answer reads later than the point.
 */
import type { Clock } from '../runtime/contract.ts';
import type { Storage } from './contract.ts';

const sharedMs = 1_000;

export function createResumePoint(
  storage: Pick<Storage, 'resumePoint'>,
  clock: Clock,
): () => Promise<number> {
  let latest: { at: number; point: Promise<number> } | null = null;
  return () => {
    const now = clock.now();
    // Set back, the clock would keep it for longer.
    if (latest !== null && now >= latest.at && now - latest.at < sharedMs) return latest.point;
    const reading = { at: now, point: storage.resumePoint() };
    latest = reading;
    reading.point.catch(() => {
      if (latest === reading) latest = null;
    });
    return reading.point;
  };
}
