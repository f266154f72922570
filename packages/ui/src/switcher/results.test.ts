import type { User, UserId } from '@natter/protocol';
import { expect, test } from 'vitest';
import { conversationId, item } from '../../test/fakeClient.ts';
import { conversationResults, peopleResults, resultsMax, serverQuery } from './results.ts';

const items = [
  item({ n: 1, title: 'Hiking group', kind: 'group' }),
  item({ n: 2, title: 'Grace Hopper', peerId: 'grace' }),
  item({ n: 3, title: 'Growth', kind: 'group' }),
];
const user = (id: string, name: string): User => ({
  id: id as UserId,
  name,
  picture: null,
  lastSeenAt: null,
});
const titles = (query: string, open = conversationId(9)) =>
  conversationResults(items, query, open).map((result) =>
    result.kind === 'conversation' ? result.item.title : '',
  );

test('"gr ho" finds Grace Hopper', () => {
  expect(titles('gr ho')).toEqual(['Grace Hopper']);
});

test('what begins so comes before what contains it, and equals stay as in the list', () => {
  expect(titles('gr')).toEqual(['Grace Hopper', 'Growth', 'Hiking group']);
});

test('without a question it offers where one was last, but not where one is', () => {
  expect(titles('', conversationId(1))).toEqual(['Grace Hopper', 'Growth']);
});

test('no more are offered than fit', () => {
  const many = Array.from({ length: 50 }, (_, n) => item({ n, title: `Team ${n}` }));
  expect(conversationResults(many, 'team', null)).toHaveLength(resultsMax);
});

test('people one talks with already are not offered twice', () => {
  const found = peopleResults(
    [user('grace', 'Grace Hopper'), user('gro', 'Gro Hansen')],
    items,
    'gr ha',
  );
  expect(found.map(({ key }) => key)).toEqual(['gro']);
});

test('the server is asked for the longest word', () => {
  expect(serverQuery('  gr hopper ')).toBe('hopper');
  expect(serverQuery('')).toBe('');
});
