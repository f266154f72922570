import { describe, expect, test } from 'vitest';
import { closingLine, hasSucceeded, nothing, tallyVitest } from './tally.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((it) => ({ status: it })),
});

describe('counting', () => {
  test('every test counts by its status', () => {
    const report = {
      testResults: [file('passed', 'passed', 'skipped'), file('failed', 'failed', 'todo')],
    };
    expect(tallyVitest(report, 1)).toEqual({ passed: 1, failed: 1, skipped: 2 });
  });

  test('a status that we do not know is a failure', () => {
    expect(tallyVitest({ testResults: [file('passed', 'unheardOf')] }, 0).failed).toBe(1);
  });

  test('a file that fails outside its tests is a failure', () => {
    const report = { testResults: [file('failed', 'passed'), file('failed')] };
    expect(tallyVitest(report, 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });

  test('a run that ends badly is a failure though every test passed', () => {
    expect(tallyVitest({ testResults: [file('passed', 'passed')] }, 1).failed).toBe(1);
    expect(tallyVitest({ testResults: [file('passed', 'passed')] }, null).failed).toBe(1);
  });

  test('a run without a report is a failure', () => {
    expect(tallyVitest(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('a run that tested nothing has not succeeded', () => {
    expect(hasSucceeded(nothing)).toBe(false);
    expect(hasSucceeded({ passed: 0, failed: 0, skipped: 3 })).toBe(false);
    expect(hasSucceeded({ passed: 1, failed: 0, skipped: 3 })).toBe(true);
    expect(hasSucceeded({ passed: 1, failed: 1, skipped: 0 })).toBe(false);
  });

  test('the closing line names skipped tests only when there are some', () => {
    expect(closingLine({ passed: 3, failed: 1, skipped: 0 })).toBe('3 passed, 1 failed');
    expect(closingLine({ passed: 3, failed: 0, skipped: 2 })).toBe('3 passed, 0 failed, 2 skipped');
  });
});
