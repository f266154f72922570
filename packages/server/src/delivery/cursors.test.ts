import { expect, test } from 'vitest';
import { createToldCursors, noteCursor, settleCursors } from './cursors.ts';

const alone = { at: 0, of: 1 };

test('[HEADS7] moves count in their order, whatever the order they are told in', () => {
  const told = createToldCursors(3);
  noteCursor(told, 5, alone);
  expect(told.version).toBe(3);
  noteCursor(told, 4, { at: 1, of: 2 });
  expect(told.version).toBe(3);
  noteCursor(told, 4, { at: 0, of: 2 });
  expect(told).toMatchObject({ version: 5, later: new Map() });
  noteCursor(told, 4, { at: 0, of: 2 });
  expect(told).toMatchObject({ version: 5, later: new Map() });
});

test('[REPAIR3] what is missing stays so until it is told otherwise', () => {
  const told = createToldCursors(0);
  noteCursor(told, 1, { at: 0, of: 2 });
  noteCursor(told, 3, alone);
  expect(told.version).toBe(0);
  settleCursors(told, 2);
  expect(told.version).toBe(2);
  noteCursor(told, 4, alone);
  expect(told.version).toBe(4);
});

test('[REPAIR3] seed 7565: a move that the bus tells twice does not stand for another of its write', () => {
  const told = createToldCursors(0);
  for (const at of [0, 0, 1]) noteCursor(told, 1, { at, of: 3 });
  expect(told.version).toBe(0);
  noteCursor(told, 1, { at: 2, of: 3 });
  expect(told.version).toBe(1);
});

test('[LIMITS1] what came early is bounded', () => {
  const told = createToldCursors(0);
  for (let version = 2; version < 1_000; version++) noteCursor(told, version, alone);
  expect(told.later.size).toBeLessThanOrEqual(64);
});
