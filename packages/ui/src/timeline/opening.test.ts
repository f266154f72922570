import { describe, expect, test } from 'vitest';
import { message, mine } from '../../test/fakeClient.ts';
import { decideOpening, firstUnread, type OpeningView } from './opening.ts';

const run = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ message: message({ seq: from + at }) }));

const view: OpeningView = {
  rows: run(51, 100),
  ready: true,
  hasBefore: true,
  hasAfter: false,
  wantedSeq: null,
  newAfterSeq: null,
  settled: false,
  atUnread: false,
};

test.each<[string, Partial<OpeningView>, ReturnType<typeof decideOpening>]>([
  ['waits for the first rows', { ready: false, rows: [] }, { kind: 'stay' }],
  ['has nowhere to go without rows', { rows: [] }, { kind: 'stay' }],
  ['is at the end when nothing is new', {}, { kind: 'end' }],
  ['leaves a reader alone who has scrolled', { settled: true }, { kind: 'stay' }],
])('opening %s', (_, over, expected) => {
  expect(decideOpening({ ...view, ...over })).toEqual(expected);
});

describe('with unread messages it', () => {
  test.each<[string, Partial<OpeningView>, ReturnType<typeof decideOpening>]>([
    ['is at the first of them', { newAfterSeq: 79 }, { kind: 'unread', at: 29 }],
    ['fetches the first of them', { newAfterSeq: 20 }, { kind: 'fetch', around: 21 }],
    ['takes the first row when all are new', run1(), { kind: 'unread', at: 0 }],
    ['waits at the end while they are on their way', { newAfterSeq: 100 }, { kind: 'end' }],
    [
      'fetches what lies after what is here',
      { newAfterSeq: 100, hasAfter: true },
      { kind: 'fetch', around: 101 },
    ],
    ['stays once it was there', { newAfterSeq: 79, atUnread: true, settled: true }, stay()],
    ['leaves a reader alone who has scrolled', { newAfterSeq: 79, settled: true }, stay()],
  ])('%s', (_, over, expected) => {
    expect(decideOpening({ ...view, ...over })).toEqual(expected);
  });

  function run1(): Partial<OpeningView> {
    return { rows: run(1, 30), hasBefore: false, newAfterSeq: 0 };
  }
});

describe('a message that is asked for', () => {
  test.each<[string, Partial<OpeningView>, ReturnType<typeof decideOpening>]>([
    ['is shown', { wantedSeq: 60 }, { kind: 'message', at: 9 }],
    ['is fetched when it is not here', { wantedSeq: 7 }, { kind: 'fetch', around: 7 }],
    ['comes before what is unread', { wantedSeq: 60, newAfterSeq: 79 }, { kind: 'message', at: 9 }],
    ['comes to a reader who has scrolled too', { wantedSeq: 60, settled: true }, at(9)],
  ])('%s', (_, over, expected) => {
    expect(decideOpening({ ...view, ...over })).toEqual(expected);
  });

  function at(place: number) {
    return { kind: 'message' as const, at: place };
  }
});

test('my own messages and those on their way are not unread', () => {
  const rows = [mine({ seq: 1 }), mine({ seq: 2 }), message({ seq: 3 }), mine({ seq: null })];
  expect(
    firstUnread(
      rows.map((each) => ({ message: each })),
      0,
    ),
  ).toBe(2);
  expect(
    firstUnread(
      rows.map((each) => ({ message: each })),
      3,
    ),
  ).toBe(-1);
});

function stay() {
  return { kind: 'stay' as const };
}
