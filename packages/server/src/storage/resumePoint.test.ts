import { expect, test } from 'vitest';
import { createMovableClock } from '../../test/clock.ts';
import { createResumePoint } from './resumePoint.ts';

function createReads() {
  const clock = { ...createMovableClock(), at: 10_000, now: () => clock.at };
  const answers: PromiseWithResolvers<number>[] = [];
  const storage = {
    resumePoint() {
      const answer = Promise.withResolvers<number>();
      answers.push(answer);
      return answer.promise;
    },
  };
  return { clock, answers, resumePoint: createResumePoint(storage, clock) };
}

test('[HEADS3] all who ask within a second have one point, which was read before they read on', async () => {
  const { clock, answers, resumePoint } = createReads();
  const first = resumePoint();
  clock.at += 500;
  const second = resumePoint();
  answers[0]?.resolve(7);
  expect(await Promise.all([first, second])).toEqual([7, 7]);
  clock.at += 499;
  expect(await resumePoint()).toBe(7);
  clock.at += 1;
  const later = resumePoint();
  answers[1]?.resolve(8);
  expect(await later).toBe(8);
  expect(answers).toHaveLength(2);
});

test('[HEADS3] a clock that is set back keeps no point', async () => {
  const { clock, answers, resumePoint } = createReads();
  void resumePoint();
  clock.at -= 1;
  void resumePoint();
  expect(answers).toHaveLength(2);
});

test('[HEADS3] what could not be read is read again', async () => {
  const { answers, resumePoint } = createReads();
  const failed = resumePoint();
  answers[0]?.reject(new Error('gone'));
  await expect(failed).rejects.toThrow('gone');
  const again = resumePoint();
  answers[1]?.resolve(7);
  expect(await again).toBe(7);
});
