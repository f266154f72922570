/** Owns making a failing run short: steps are left out in ever smaller groups while the same rule still breaks. */
import { type Outcome, run } from './run.ts';

export interface Shrunk {
  keep: Set<number>;
  outcome: Outcome;
  runs: number;
}

/** At most `runsMax` runs; null when the seed does not fail. */
export async function shrink(
  seed: number,
  {
    runsMax,
    several = false,
    tell = () => {},
  }: {
    runsMax: number;
    several?: boolean;
    tell?: (line: string) => void;
  },
): Promise<Shrunk | null> {
  let outcome = await run(seed, { several });
  const rule = ruleOf(outcome.violation);
  if (rule === null) return null;
  let runs = 1;
  let kept = Array.from({ length: outcome.steps }, (_, at) => at);
  let parts = 2;
  while (kept.length > 1 && runs < runsMax) {
    const size = Math.ceil(kept.length / parts);
    let found = false;
    for (let at = 0; at < kept.length && runs < runsMax; ) {
      const without = [...kept.slice(0, at), ...kept.slice(at + size)];
      const tried = await run(seed, { keep: new Set(without), several });
      runs += 1;
      if (ruleOf(tried.violation) === rule) {
        outcome = tried;
        kept = without;
        found = true;
        tell(`${kept.length} steps after ${runs} runs`);
      } else at += size;
    }
    if (size === 1 && !found) break;
    parts = found ? Math.max(2, Math.min(parts, kept.length)) : Math.min(kept.length, parts * 2);
  }
  return { keep: new Set(kept), outcome, runs };
}

/** `[SEND2]` of `[SEND2] … is acknowledged …`; all of what has no rule. */
export function ruleOf(violation: string | null): string | null {
  return violation === null
    ? null
    : (/\[[A-Z]+\d+\]/.exec(violation)?.[0] ?? violation.slice(0, 60));
}
