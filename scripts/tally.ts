/** Owns the counting: a test that cannot be counted as passed is counted as failed. */

export type Tally = { passed: number; failed: number; skipped: number };

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

/** The part of Vitest's JSON report that we count. */
export type VitestReport = {
  testResults: readonly {
    status: string;
    assertionResults: readonly { status: string }[];
  }[];
};

/**
 * A file that fails outside its tests counts as one failure, and so does a run that ends badly
 * though every test passed: an error nobody handled, a process that died.
 */
export function tallyVitest(report: VitestReport | undefined, exitCode: number | null): Tally {
  const counted = (report?.testResults ?? []).map(tallyFile).reduce(addTallies, nothing);
  const endedBadly = exitCode !== 0 || report === undefined;
  return endedBadly && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** The closing line. Its form is fixed: programs read it. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

/** A run that tested nothing has not succeeded. */
export function hasSucceeded({ passed, failed }: Tally): boolean {
  return failed === 0 && passed > 0;
}

function tallyFile(file: VitestReport['testResults'][number]): Tally {
  const count = (...statuses: string[]) =>
    file.assertionResults.filter(({ status }) => statuses.includes(status)).length;
  const passed = count('passed');
  const skipped = count('skipped', 'pending', 'todo', 'disabled');
  const failed = file.assertionResults.length - passed - skipped;
  return { passed, skipped, failed: file.status === 'failed' ? Math.max(failed, 1) : failed };
}
