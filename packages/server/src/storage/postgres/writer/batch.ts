/** Owns which of the commands that wait go together, and runs them in one transaction. */

import {
  type Call,
  type CallOf,
  type LoneCall,
  runAlone,
  subjectOf,
} from '../commands/commands.ts';
import { moveCursors } from '../commands/cursors.ts';
import { appendMessages } from '../commands/messages.ts';
import type { Connections } from '../connection.ts';

/**
 * The first that waits, and those like it that may go with it: none overtakes another of its own subject. What is
 * taken is taken out of `waiting`.
 */
export function takeBatch<Waiting extends { call: Call }>(
  waiting: Waiting[],
  batchMax: number,
): Waiting[] {
  const [head] = waiting;
  if (head === undefined) return [];
  const isJoined = head.call.name === 'appendMessage' || head.call.name === 'moveCursors';
  if (!isJoined) return waiting.splice(0, 1);
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  const overtaken = new Set<string>();
  for (const each of waiting) {
    const subject = subjectOf(each.call);
    const goes =
      taken.length < batchMax && each.call.name === head.call.name && !overtaken.has(subject);
    if (goes) taken.push(each);
    else {
      left.push(each);
      overtaken.add(subject);
    }
  }
  waiting.splice(0, waiting.length, ...left);
  return taken;
}

/** The answers in the order of the calls. Rejects when nothing is known to be saved. */
export function runBatch(
  connections: Connections,
  calls: readonly Call[],
  options: { membersMax: number; isRepeat: boolean },
): Promise<unknown[]> {
  const [head] = calls;
  const { membersMax, isRepeat } = options;
  return connections.transact<unknown[]>(async (session) => {
    const world = { session, membersMax };
    if (head === undefined) return [];
    if (head.name === 'appendMessage') {
      const commands = (calls as CallOf<'appendMessage'>[]).map(({ args }) => args[0]);
      return appendMessages(world, commands, isRepeat);
    }
    if (head.name === 'moveCursors') {
      const moves = (calls as CallOf<'moveCursors'>[]).map(({ args }) => args[0]);
      return moveCursors(world, moves);
    }
    return [await runAlone(world, head as LoneCall)];
  });
}
