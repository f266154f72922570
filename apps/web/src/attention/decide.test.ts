import { expect, test } from 'vitest';
import { type Arrival, burstMs, decide } from './decide.ts';

const hidden: Arrival = {
  isUnread: true,
  isMuted: false,
  isInView: false,
  isBeingRead: false,
  speaks: true,
  wants: { notifications: true, sound: true },
  permission: 'granted',
  sinceToneMs: null,
};
const nothing = { notify: false, sound: false, offer: false };

test('a message while nobody looks is notified and sounds', () => {
  expect(decide(hidden)).toEqual({ notify: true, sound: true, offer: false });
});

test.each<[string, Partial<Arrival>, ReturnType<typeof decide>]>([
  ['my own, or read already', { isUnread: false }, nothing],
  ['muted', { isMuted: true }, nothing],
  ['another tab speaks', { speaks: false }, nothing],
  ['in view, elsewhere', { isInView: true }, { ...nothing, sound: true }],
  ['being read', { isInView: true, isBeingRead: true }, nothing],
  ['not wanted', { wants: { notifications: false, sound: false } }, nothing],
  ['not yet asked', { permission: 'default' }, { notify: false, sound: true, offer: true }],
  ['blocked', { permission: 'denied' }, { ...nothing, sound: true }],
  ['in a burst', { sinceToneMs: burstMs - 1 }, { ...nothing, notify: true }],
  ['after a burst', { sinceToneMs: burstMs }, { ...nothing, notify: true, sound: true }],
])('%s', (_, over, decision) => {
  expect(decide({ ...hidden, ...over })).toEqual(decision);
});
