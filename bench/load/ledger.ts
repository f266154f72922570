/** Owns the judgement of what one socket received: each message once, in order. */

export interface Faults {
  lost: number;
  repeated: number;
  disordered: number;
}

export interface Ledger {
  /** `place`: 0, 1, 2 … in the order it must be heard. */
  heard(place: number): void;
  /** Of `count` messages. */
  faults(count: number): Faults;
}

export function createLedger(): Ledger {
  const seen = new Set<number>();
  let highest = -1;
  let repeated = 0;
  let disordered = 0;
  return {
    heard(place) {
      if (seen.has(place)) repeated += 1;
      else if (place < highest) disordered += 1;
      seen.add(place);
      highest = Math.max(highest, place);
    },
    faults: (count) => ({ lost: count - seen.size, repeated, disordered }),
  };
}

/** Of a socket whose frames are only counted. */
export function faultsOfCount(counted: number, expected: number): Faults {
  return {
    lost: Math.max(0, expected - counted),
    repeated: Math.max(0, counted - expected),
    disordered: 0,
  };
}

export function addFaults(all: readonly Faults[]): Faults {
  const sum: Faults = { lost: 0, repeated: 0, disordered: 0 };
  for (const { lost, repeated, disordered } of all) {
    sum.lost += lost;
    sum.repeated += repeated;
    sum.disordered += disordered;
  }
  return sum;
}
