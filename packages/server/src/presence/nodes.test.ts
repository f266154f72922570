import type { UserId } from '@natter/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMovableClock, type MovableClock } from '../../test/clock.ts';
import type { Bus } from '../bus/contract.ts';
import { createMemoryBus } from '../bus/memory/memory.ts';
import { createNodes, type Nodes } from './nodes.ts';

let bus: Bus;
let clock: MovableClock;
let isLost = false;
/** Messages that nodes told, and those of others that they heard. */
let told = 0;
let heard = 0;
const open: Nodes[] = [];
beforeEach(() => {
  isLost = false;
  told = heard = 0;
  clock = createMovableClock();
  const inner = createMemoryBus();
  bus = {
    ...inner,
    publish(...args) {
      told += 1;
      // The publisher's own subscribers get it too, which costs no message.
      heard -= args[0] === 'presence. nodes' ? 1 : 0;
      if (!isLost) inner.publish(...args);
    },
    subscribe: (topic, receive) =>
      inner.subscribe(topic, (...args) => {
        heard += 1;
        receive(...args);
      }),
  };
});
afterEach(() => {
  for (const nodes of open.splice(0)) nodes.close();
});

const user = (name: string) => name as UserId;

function start(nodeId: string, ...ids: string[]) {
  const own = new Set(ids.map(user));
  const changed: string[] = [];
  const lost: string[] = [];
  const nodes = createNodes({
    bus,
    clock,
    nodeId,
    isHere: (userId) => own.has(userId),
    onFound: () => {},
    onChange: (userId) => void changed.push(userId),
    onLost: (userId) => void lost.push(userId),
  });
  open.push(nodes);
  const watch = async (...names: string[]) => {
    const undo = names.map((name) => nodes.watch(user(name)));
    await nodes.locate(names.map(user));
    return () => undo.forEach((call) => void call());
  };
  return { nodes, own, changed, lost, watch };
}

test('[PRESENCE4] who begins to watch is answered where the people are, and it is no news', async () => {
  start('a', 'ada');
  start('c', 'cyd');
  const b = start('b');
  const names = ['ada', 'bob', 'cyd'].map(user);
  expect(await b.nodes.locate(names)).toEqual(new Set(['ada', 'cyd']));
  // Nobody watches them.
  expect(b.nodes.has(user('ada'))).toBe(false);
  await b.watch('ada', 'bob', 'cyd');
  expect(names.map((name) => b.nodes.has(name))).toEqual([true, false, true]);
  expect(b.changed).toEqual([]);
});

test('[PRESENCE4] what comes and goes is told at once to who watches, and when that is lost within 5 s', async () => {
  const [a, b] = [start('a'), start('b')];
  await b.watch('ada');
  a.own.add(user('ada'));
  a.nodes.came(user('ada'));
  expect(b.nodes.has(user('ada'))).toBe(true);
  isLost = true;
  a.own.delete(user('ada'));
  a.nodes.went(user('ada'), 1);
  isLost = false;
  expect(b.nodes.has(user('ada'))).toBe(true);
  clock.advance(5_000);
  expect(b.nodes.has(user('ada'))).toBe(false);
  expect(b.changed).toEqual(['ada', 'ada']);
});

test('[PRESENCE3] other nodes hear nothing of people whom nobody watches there', async () => {
  const [a, b] = [start('a'), start('b')];
  start('c');
  const stop = await b.watch('ada');
  clock.advance(5_000);
  heard = 0;
  for (let at = 0; at < 1_000; at++) {
    a.nodes.came(user(`user${at}`));
    a.nodes.went(user(`user${at}`), 1);
  }
  expect(heard).toBe(0);
  a.nodes.came(user('ada'));
  expect(heard).toBe(1);
  stop();
  a.nodes.went(user('ada'), 1);
  expect(heard).toBe(1);
});

test('[PRESENCE7] that nodes live costs the same however many people are on them', async () => {
  const ids = Array.from({ length: 2_000 }, (_, at) => `user${at}`);
  start('a', ...ids);
  const b = start('b');
  const costOfBeat = () => {
    told = 0;
    clock.advance(5_000);
    return told;
  };
  expect(costOfBeat()).toBe(2);
  await b.watch('user7');
  // Each says that it lives; one asks for whom it watches, and is answered.
  expect(costOfBeat()).toBe(4);
});

test('[PRESENCE4] many who are watched are asked for in pages, and once more within 30 s', async () => {
  const ids = Array.from({ length: 1_200 }, (_, at) => `user${at}`);
  const [a, b] = [start('a', ...ids), start('b')];
  told = 0;
  await b.watch(...ids);
  expect(ids.every((id) => b.nodes.has(user(id)))).toBe(true);
  expect(told).toBe(6);
  a.own.clear();
  for (let beats = 0; beats < 6; beats++) clock.advance(5_000);
  expect(ids.some((id) => b.nodes.has(user(id)))).toBe(false);
});

test('[PRESENCE4] an answer that was lost is waited for half a second, and asked for again', async () => {
  const [, b] = [start('a', 'ada'), start('b')];
  isLost = true;
  const watching = b.watch('ada');
  await new Promise(setImmediate);
  while (b.nodes.has(user('ada')) === false) {
    clock.advance(500);
    await new Promise(setImmediate);
    isLost = false;
  }
  await watching;
  expect(b.changed).toEqual(['ada']);
});

test('[PRESENCE7] when a node dies, the people who were only there are gone 20 s later', async () => {
  const b = start('b');
  start('c', 'cyd');
  const own = new Set([user('ada'), user('cyd')]);
  const dying = createNodes({
    bus,
    clock,
    nodeId: 'a',
    isHere: (userId) => own.has(userId),
    onFound: () => {},
    onChange: () => {},
    onLost: () => {},
  });
  await b.watch('ada', 'cyd');
  clock.advance(5_000);
  isLost = true;
  dying.close();
  isLost = false;
  clock.advance(20_000);
  expect(b.lost.toSorted()).toEqual(['ada', 'cyd']);
  expect(b.nodes.has(user('ada'))).toBe(false);
  expect(b.nodes.has(user('cyd'))).toBe(true);
});

test.each([-3_600_000, 3_600_000])(
  '[PRESENCE7] a clock that is set by %i ms makes nobody dead who is alive, and keeps nobody who died',
  async (ms) => {
    start('a', 'ada');
    const b = start('b');
    await b.watch('ada');
    clock.advance(1_000);
    clock.step(ms);
    // What `a` repeats is on its way.
    isLost = true;
    clock.advance(5_000);
    isLost = false;
    expect(b.nodes.has(user('ada'))).toBe(true);
    clock.advance(5_000);
    expect(b.lost).toEqual([]);
    isLost = true;
    clock.advance(20_000);
    expect(b.lost).toEqual(['ada']);
  },
);

test('[PRESENCE7] a node that leaves politely keeps its people 10 s: they are on their way to another', async () => {
  const [a, b] = [start('a', 'ada'), start('b')];
  await b.watch('ada');
  a.nodes.close();
  clock.advance(9_000);
  expect(b.nodes.has(user('ada'))).toBe(true);
  clock.advance(6_000);
  expect(b.nodes.has(user('ada'))).toBe(false);
});
