/** Owns how long to wait before trying again: 1, 2, 4, 8, 16, then 30 s, full jitter (Marc Brooker, AWS, 2015). */
export function backoffMs(attempt: number, random: number): number {
  const ceilingMs = Math.min(30_000, 1_000 * 2 ** Math.max(0, Math.min(attempt - 1, 5)));
  return Math.floor(ceilingMs * random);
}
