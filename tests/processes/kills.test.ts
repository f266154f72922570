/** Holds the promise against SIGKILL: a few kills here, fifty by `npm run faults`. */
import { expect, test } from 'vitest';
import { wrongs } from './judge.ts';
import { killAgainAndAgain } from './kills.ts';

test('[SEND1][ORDER1][APPLY1] killed again and again under load: nothing is lost, repeated or out of order on any device', {
  timeout: 120_000,
}, async () => {
  const { verdict, line } = await killAgainAndAgain({
    kills: 4,
    seed: 20_261,
    people: 3,
    devices: 4,
  });
  console.log(line);
  expect(wrongs(verdict)).toEqual([]);
  expect(verdict.acknowledged).toBeGreaterThan(4);
  expect(verdict.sent).toBe(verdict.stored);
});
