import type { UserId } from '@natter/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMovableClock, type MovableClock } from '../../test/clock.ts';
import type { Bus } from '../bus/contract.ts';
import { createMemoryBus } from '../bus/memory/memory.ts';
import { createNodes, type Nodes } from './nodes.ts';

let bus: Bus;
let clock: MovableClock;
let isLost = false;
let told = 0;
const open: Nodes[] = [];
beforeEach(() => {
  isLost = false;
  clock = createMovableClock();
  const inner = createMemoryBus();
  bus = {
    ...inner,
    publish(...args) {
      told += 1;
      if (!isLost) inner.publish(...args);
    },
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
    own: () => own,
    onChange: (userId) => void changed.push(userId),
    onLost: (userId) => void lost.push(userId),
  });
  open.push(nodes);
  return { nodes, own, changed, lost };
}

test('[PRESENCE4] a node that starts learns at once who is on the others', () => {
  start('a', 'ada');
  const b = start('b');
  expect(b.nodes.has(user('ada'))).toBe(true);
  expect(b.changed).toEqual(['ada']);
});

test('[PRESENCE4] what comes and goes is told at once, and when that is lost within 5 s', () => {
  const [a, b] = [start('a'), start('b')];
  a.own.add(user('ada'));
  a.nodes.came(user('ada'));
  expect(b.nodes.has(user('ada'))).toBe(true);
  const before = told;
  clock.advance(5_000);
  // Each says that it lives, and nobody has anything to ask.
  expect(told - before).toBe(2);
  isLost = true;
  a.own.delete(user('ada'));
  a.nodes.went(user('ada'), 1);
  isLost = false;
  expect(b.nodes.has(user('ada'))).toBe(true);
  clock.advance(5_000);
  expect(b.nodes.has(user('ada'))).toBe(false);
  expect(b.changed).toEqual(['ada', 'ada']);
});

test('[PRESENCE4] a list that was lost is asked for again', () => {
  isLost = true;
  start('a', 'ada', 'bob');
  const b = start('b');
  isLost = false;
  expect(b.nodes.has(user('ada'))).toBe(false);
  clock.advance(5_000);
  expect([b.nodes.has(user('ada')), b.nodes.has(user('bob'))]).toEqual([true, true]);
});

test('[PRESENCE7] when a node dies, the people who were only there are gone 20 s later', () => {
  const b = start('b');
  start('c', 'cyd');
  const own = new Set([user('ada'), user('cyd')]);
  isLost = false;
  const dying = createNodes({
    bus,
    clock,
    nodeId: 'a',
    own: () => own,
    onChange: () => {},
    onLost: () => {},
  });
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
  (ms) => {
    start('a', 'ada');
    const b = start('b');
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

test('[PRESENCE7] a node that leaves politely keeps its people 10 s: they are on their way to another', () => {
  const [a, b] = [start('a', 'ada'), start('b')];
  a.nodes.close();
  clock.advance(9_000);
  expect(b.nodes.has(user('ada'))).toBe(true);
  clock.advance(6_000);
  expect(b.nodes.has(user('ada'))).toBe(false);
});

test('[PRESENCE4] a list of many pages is taken when all of it is there, and not before', () => {
  const ids = Array.from({ length: 1_200 }, (_, at) => `user${at}`);
  start('a', ...ids);
  const b = start('b');
  expect(ids.every((id) => b.nodes.has(user(id)))).toBe(true);
});
