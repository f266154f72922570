/**
 * Owns what the SDK costs a device: events of the real server come into a conversation with a long past, of which the
 * client shows about as much as it keeps. They are held back before the client and handed to it in turns, so that it is
 * the client alone that is measured.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ChatClient, createChatClient } from '@natter/client';
import { figureOf, rangeOf } from '../load/figures.ts';
import { createHoldingLine } from '../load/holdingLine.ts';
import { ownUsage, startServer } from '../load/process.ts';
import { conversationIdOf, userIdOf } from '../subjects/names.ts';
import { type SignedIn, signIn } from '../subjects/signIn.ts';
import { natter } from '../subjects/subjects.ts';
import type { Scenario } from './scenario.ts';

const past = { messages: 100_000, conversations: 100 };
const events = 10_000;
const turns = [10, 100, 1_000];
const rowsShown = 1_900;
const pageSize = 100;
const payloadBytes = 128;
const unansweredMax = 200;

interface Run {
  turn: number;
  milliseconds: number;
  notifications: number;
}

export const client: Scenario = {
  title: 'the SDK: 10,000 events into a conversation of 100,000 messages',
  async run({ isQuick, rounds }) {
    const server = await startServer(natter.server, { conversations: 1, members: 2, past });
    const runs: Run[] = [];
    try {
      const writer = await signIn(natter.dialect, server.port, userIdOf(0, 1));
      let first = past.messages + past.conversations + 1;
      const measureNext = async (turn: number) => {
        const run = await measure(server.port, writer, { turn, first });
        first += events;
        console.log(`… ${turn} events a turn: ${run.milliseconds.toFixed(0)} ms for ${events}`);
        return run;
      };
      // Warms up.
      if (!isQuick) for (const turn of turns) await measureNext(turn);
      for (let round = 0; round < rounds; round++)
        for (const turn of turns) runs.push(await measureNext(turn));
      writer.socket.reset();
    } finally {
      await server.stop();
    }
    const rows = turns.map((turn) => summarise(runs.filter((run) => run.turn === turn)));
    return {
      tables: [{ title: `processor time of the client, ${rowsShown} rows shown`, rows }],
      warnings: [],
    };
  },
};

async function measure(
  port: number,
  writer: SignedIn,
  { turn, first }: { turn: number; first: number },
): Promise<Run> {
  const line = createHoldingLine();
  const sdk = createChatClient({
    url: `http://127.0.0.1:${port}`,
    getToken: async () => userIdOf(0, 0),
    WebSocket: line.Socket,
    pageSize,
  });
  try {
    const messages = await showPast(sdk);
    const shown = messages.getSnapshot().messages;
    const last = (shown.at(-1)?.seq ?? 0) + events;
    line.hold();
    await sendAll(writer, first);
    const isEvent = (text: string) => text.includes('"newMessage"');
    const frames = await line.take((texts) => texts.filter(isEvent).length >= events);

    let notifications = 0;
    messages.subscribe(() => {
      notifications += 1;
      messages.getSnapshot();
    });
    const before = ownUsage();
    for (let at = 0; at < frames.length; at += turn) {
      line.handOver(frames.slice(at, at + turn));
      await nextTurn();
    }
    while (messages.getSnapshot().messages.at(-1)?.seq !== last) await nextTurn();
    const after = ownUsage();
    checkOrder(messages.getSnapshot().messages);
    const seconds = after.user + after.system - before.user - before.system;
    return { turn, milliseconds: seconds * 1_000, notifications };
  } finally {
    sdk.dispose();
  }
}

async function showPast(sdk: ChatClient): Promise<ReturnType<ChatClient['messages']>> {
  const messages = sdk.messages(conversationIdOf(0));
  const ready = Promise.withResolvers<void>();
  messages.subscribe(() => {
    if (messages.getSnapshot().state === 'ready') ready.resolve();
  });
  await ready.promise;
  while (messages.getSnapshot().messages.length < rowsShown) await messages.loadBefore();
  return messages;
}

/** Resolves when all are acknowledged; no faster than this process also reads what they cause, or it were cut off as too slow. */
async function sendAll(writer: SignedIn, first: number): Promise<void> {
  const done = Promise.withResolvers<void>();
  let acknowledged = 0;
  writer.onHeard = (heard) => {
    if (heard.kind === 'refused') done.reject(new Error(`unable to send: ${heard.why}`));
    if (heard.kind === 'acknowledged' && ++acknowledged === events) done.resolve();
  };
  for (let sent = 0; sent < events; sent++) {
    while (sent - acknowledged >= unansweredMax) await nextTurn();
    writer.socket.send(natter.dialect.send(first + sent, 0, payloadBytes));
  }
  await done.promise;
}

function checkOrder(messages: readonly { seq: number | null }[]): void {
  const first = messages[0]?.seq ?? 0;
  if (messages.some(({ seq }, at) => seq !== first + at))
    throw new Error('the client shows messages with a hole or out of order');
}

function summarise(runs: readonly Run[]): Record<string, string | number> {
  const cost = figureOf(runs.map((run) => run.milliseconds));
  return {
    'events a turn': runs[0]?.turn ?? 0,
    'ms for 10,000': cost.median.toFixed(0),
    range: rangeOf(cost, 0),
    'µs an event': ((cost.median * 1_000) / events).toFixed(1),
    notifications: figureOf(runs.map((run) => run.notifications)).median,
  };
}
