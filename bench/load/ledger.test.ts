import { expect, it } from 'vitest';
import { createLedger } from './ledger.ts';

it.each([
  ['all, in order', [0, 1, 2], { lost: 0, repeated: 0, disordered: 0 }],
  ['one lost', [0, 2], { lost: 1, repeated: 0, disordered: 0 }],
  ['one twice', [0, 1, 1, 2], { lost: 0, repeated: 1, disordered: 0 }],
  ['one late', [0, 2, 1], { lost: 0, repeated: 0, disordered: 1 }],
])('judges what a socket heard: %s', (_, places, faults) => {
  const ledger = createLedger();
  for (const place of places) ledger.heard(place);
  expect(ledger.faults(3)).toEqual(faults);
});
