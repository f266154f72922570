import { expect, test } from 'vitest';
import { matchScore } from './match.ts';

test.each([
  ['Grace Hopper', 'gr ho'],
  ['Grace Hopper', 'ho gr'],
  ['Grace Hopper', 'hopper'],
  ['Grace Hopper', '  GRACE  '],
  ['Grace Hopper', 'ghop'],
  ['Zoë Ångström', 'zoe ang'],
  ['Ops: on-call (week 3)', 'call 3'],
  ['أدا لوفلايس', 'لوف'],
  ['Launch crew', 'unch'],
  ['Anything', ''],
])('"%s" is found by "%s"', (name, query) => {
  expect(matchScore(name, query)).not.toBeNull();
});

test.each([
  ['Grace Hopper', 'gr ha'],
  ['Grace Hopper', 'gg'],
  ['Grace Hopper', 'h o p p e r g g'],
  ['Ada Lovelace', 'x'],
  ['Ada Lovelace', 'dl'],
])('"%s" is not found by "%s"', (name, query) => {
  expect(matchScore(name, query)).toBeNull();
});

test('what fits better comes first', () => {
  const names = ['Oscar Grey', 'Gertrude Rogers', 'Ingrid', 'Grace Hopper', 'Gr', 'Hans Grau'];
  const found = names
    .map((name) => ({ name, score: matchScore(name, 'gr') }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ name }) => name);
  expect(found).toEqual([
    'Gr',
    'Grace Hopper',
    'Oscar Grey',
    'Hans Grau',
    'Ingrid',
    'Gertrude Rogers',
  ]);
});
