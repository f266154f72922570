/** Owns what a scenario is. */
export interface Scenario {
  title: string;
  /** `isQuick`: few rounds, to see that it runs; its figures say little. */
  run(options: { isQuick: boolean }): Promise<void>;
}
