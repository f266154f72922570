/** Owns latencies: Node's own HDR histogram (HdrHistogram_c), three digits, from a microsecond to a minute. */
import { createHistogram } from 'node:perf_hooks';

export interface Latency {
  /** Milliseconds; what is negative or 0 counts as a microsecond. */
  record(ms: number): void;
  /** Milliseconds; NaN where nothing was recorded. */
  at(percentile: number): number;
  readonly count: number;
}

const highest = 60_000_000;

export function createLatency(): Latency {
  const histogram = createHistogram({ lowest: 1, highest, figures: 3 });
  return {
    record: (ms) => histogram.record(Math.min(highest, Math.max(1, Math.round(ms * 1_000)))),
    at: (percentile) =>
      histogram.count === 0 ? Number.NaN : histogram.percentile(percentile) / 1_000,
    get count() {
      return histogram.count;
    },
  };
}
