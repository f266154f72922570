import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Topic } from '../contract.ts';
import { subjectOf } from './subjects.ts';

const kind = fc.constantFrom('conversation', 'user', 'typing', 'presence');
/** What user ids may be made of, and what our own topics and any other text are. */
const id = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'.*>=-_ aA0$\t\r\n') }),
  fc.string({ unit: 'binary-ascii', maxLength: 128 }),
  // A lone half of a pair is no text: UTF-8 cannot tell it from another.
  fc.string({ unit: 'binary', maxLength: 32 }).map((text) => text.toWellFormed()),
);
const topic = fc.tuple(kind, id).map(([kind, id]) => `${kind}.${id}` as Topic);

test('ids that are safe are written as they are', () => {
  expect(subjectOf('natter', 'user.01890a5d-ac96-774b')).toBe('natter.user.01890a5d-ac96-774b');
  expect(subjectOf('a.b', 'presence. nodes')).toBe('a.b.presence.=20nodes');
});

test('a subject is three safe tokens: nobody subscribes to more, or publishes to another, by an id', () => {
  fc.assert(
    fc.property(topic, (topic) => {
      expect(subjectOf('natter', topic)).toMatch(/^natter\.[a-z]+\.[A-Za-z0-9_=-]+$/);
    }),
  );
});

test('two topics never share a subject', () => {
  fc.assert(
    fc.property(topic, topic, (one, other) => {
      expect(subjectOf('natter', one) === subjectOf('natter', other)).toBe(one === other);
    }),
  );
  // What could collide: an escape, and the same letters written out.
  expect(subjectOf('natter', 'user.=2e')).not.toBe(subjectOf('natter', 'user..'));
});

test('the id can be read out of a subject, so nothing of it is lost', () => {
  fc.assert(
    fc.property(topic, (topic) => {
      const token = subjectOf('natter', topic).split('.')[2] ?? '';
      const text = token === '=' ? '' : decodeURIComponent(token.replaceAll('=', '%'));
      expect(text).toBe(topic.slice(topic.indexOf('.') + 1));
    }),
  );
});
