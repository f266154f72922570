/** Owns how figures of several runs are put together: the median, and the range they lay in. */

export interface Figure {
  median: number;
  least: number;
  most: number;
}

export function figureOf(values: readonly number[]): Figure {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const median =
    sorted.length % 2 === 1
      ? (sorted[middle] ?? Number.NaN)
      : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return { median, least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}

export function rangeOf({ least, most }: Figure, digits: number): string {
  return `${least.toFixed(digits)}–${most.toFixed(digits)}`;
}

/** A B, then B A: what drifts meanwhile falls on both alike. */
export function alternating<T>(all: readonly T[], rounds: number): T[][] {
  return Array.from({ length: rounds }, (_, round) =>
    round % 2 === 0 ? [...all] : all.toReversed(),
  );
}
