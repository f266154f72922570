import { expect, it } from 'vitest';
import { evenly, poisson } from './schedule.ts';

it('spreads what is sent evenly over the time', () => {
  expect([...evenly(4, 100)]).toEqual([0, 10, 20, 30]);
});

it('gives a seed the same arrivals, at the wanted rate and in no rhythm', () => {
  const times = poisson(10_000, 500, 3);
  expect(poisson(10_000, 500, 3)).toEqual(times);
  expect(times.at(-1)).toBeGreaterThan(19_000);
  expect(times.at(-1)).toBeLessThan(21_000);
  const gaps = [...times].map((time, at) => time - (times[at - 1] ?? 0));
  const mean = (times.at(-1) ?? 0) / gaps.length;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length;
  // Exponential: the deviation is the mean.
  expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.9);
});
