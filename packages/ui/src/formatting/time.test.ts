import { describe, expect, test } from 'vitest';
import { presenceText } from '../presence/presenceText.ts';
import { english } from '../texts/english.ts';
import { formatBytes } from './size.ts';
import { dayOf, formatDay, formatListTime, formatTime } from './time.ts';

const now = new Date(2026, 5, 15, 12).getTime();
const ago = (days: number) => new Date(2026, 5, 15 - days, 9, 5).getTime();

describe('days', () => {
  test.each([
    [0, 'Today'],
    [1, 'Yesterday'],
    [3, 'Friday'],
    [10, 'June 5'],
    [400, 'May 11, 2025'],
  ])('%i days ago is %s', (days, text) => {
    expect(formatDay(ago(days), now, english, 'en-US')).toBe(text);
  });

  test('a message of tomorrow, by a clock that is ahead, shows its date', () => {
    expect(formatDay(ago(-1), now, english, 'en-US')).toBe('June 16');
  });

  test('days follow one another over a change of summer time', () => {
    const days = Array.from({ length: 400 }, (_, n) =>
      dayOf(new Date(2026, 0, 1 + n, 12).getTime()),
    );
    expect(days.every((day, at) => at === 0 || day === (days[at - 1] ?? 0) + 1)).toBe(true);
  });

  test('a list shows the time today, then the weekday, then the date', () => {
    expect([0, 2, 10, 400].map((days) => formatListTime(ago(days), now, 'en-GB'))).toEqual([
      formatTime(ago(0), 'en-GB'),
      'Sat',
      '5 Jun',
      '11 May 2025',
    ]);
  });
});

describe('presence', () => {
  const seen = (ms: number) => ({ userId: 'ada' as never, online: false, lastSeenAt: now - ms });
  test.each([
    ['unknown', undefined, ''],
    ['online', { ...seen(0), online: true }, 'Online'],
    ['never seen', { ...seen(0), lastSeenAt: null }, 'Offline'],
    ['seconds ago', seen(20_000), 'Last seen just now'],
    ['minutes ago', seen(5 * 60_000), 'Last seen 5 minutes ago'],
    ['hours ago', seen(3 * 3_600_000), 'Last seen 3 hours ago'],
    ['the day before', seen(30 * 3_600_000), 'Last seen yesterday'],
  ])('%s', (_, presence, text) => {
    expect(presenceText(presence, now, english, 'en')).toBe(text);
  });
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [1_500, '1.5 kB'],
  [26_214_400, '26 MB'],
])('%i bytes read as %s', (bytes, text) => {
  expect(formatBytes(bytes, 'en')).toBe(text);
});
