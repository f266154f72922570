/** Owns the list of scenarios, in the report's order. */
import { client } from './client.ts';
import { connects } from './connects.ts';
import { conversations, soak } from './conversations.ts';
import { durable } from './durable.ts';
import { fanOut } from './fanOutTable.ts';
import { gathering } from './gathering.ts';
import { history } from './history.ts';
import { idle } from './idle.ts';
import type { Scenario } from './scenario.ts';
import { stalled } from './stalled.ts';

export const scenarios: Readonly<Record<string, Scenario>> = {
  fanOut,
  gathering,
  durable,
  connects,
  history,
  stalled,
  idle,
  conversations,
  soak,
  client,
};
