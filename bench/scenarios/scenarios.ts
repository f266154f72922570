/** Owns the list of scenarios. */
import { fanOut } from './fanOutTable.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: Readonly<Record<string, Scenario>> = {
  fanOut,
};
