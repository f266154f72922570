import { expect, test } from 'vitest';
import { createToldCursors, noteCursor, settleCursors } from './cursors.ts';

test('[HEADS7] moves count in their order, whatever the order they are told in', () => {
  const told = createToldCursors(3);
  noteCursor(told, 5, 1);
  expect(told.version).toBe(3);
  noteCursor(told, 4, 2);
  expect(told.version).toBe(3);
  noteCursor(told, 4, 2);
  expect(told).toMatchObject({ version: 5, missing: new Map() });
  noteCursor(told, 4, 2);
  expect(told).toMatchObject({ version: 5, missing: new Map() });
});

test('[REPAIR3] what is missing stays so until it is told otherwise', () => {
  const told = createToldCursors(0);
  noteCursor(told, 1, 2);
  noteCursor(told, 3, 1);
  expect(told.version).toBe(0);
  settleCursors(told, 2);
  expect(told).toMatchObject({ version: 2, missing: new Map([[3, 0]]) });
  noteCursor(told, 4, 1);
  expect(told.version).toBe(4);
});

test('[LIMITS1] what came early is bounded', () => {
  const told = createToldCursors(0);
  for (let version = 2; version < 1_000; version++) noteCursor(told, version, 1);
  expect(told.missing.size).toBeLessThanOrEqual(64);
});
