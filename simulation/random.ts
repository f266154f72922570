/** Owns chance: one seed gives every draw of a run. Forks keep one part's draws from moving another's. */

export interface Chance {
  /** 0 ≤ x < 1. */
  fraction(): number;
  bytes(count: number): Uint8Array;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  happens(probability: number): boolean;
  /** Null of nothing. */
  pick<Value>(values: readonly Value[]): Value | null;
  /** By weight. */
  choose<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  fork(): Chance;
}

/** Mulberry32. */
export function createChance(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }
  const fraction = () => next() / 4_294_967_296;

  return {
    fraction,
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
    whole: (least, most) => least + Math.floor(fraction() * (most - least + 1)),
    happens: (probability) => fraction() < probability,
    pick: (values) => values[Math.floor(fraction() * values.length)] ?? null,
    choose(weights) {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      return (entries[0] as (typeof entries)[number])[0];
    },
    fork: () => createChance(next()),
  };
}
