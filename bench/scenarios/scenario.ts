/** Owns what a scenario is, and what it gives. */
import type { Plot } from '../publish/plot.ts';

export interface Scenario {
  title: string;
  /** `isQuick`: few rounds, to see that it runs; its figures say little. `rounds`: of what is compared. */
  run(options: { isQuick: boolean; rounds: number }): Promise<Outcome>;
}

export interface Outcome {
  tables: Table[];
  plots?: Plot[];
  /** Where they are not as many as were asked for. */
  rounds?: number;
  /** Why figures must not be believed; empty is good. */
  warnings: string[];
}

export interface Table {
  title: string;
  rows: Record<string, string | number>[];
}
