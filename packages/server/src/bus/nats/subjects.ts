/**
 * Owns what a topic is called in NATS: `<prefix>.<kind>.<id>`. Host applications choose user ids, which may hold what
 * means something there (`.`, `*`, `>`, blanks): each such byte is written as `=` and two hexadecimal digits.
 */
import type { Topic } from '../contract.ts';

const plain = /^[\w-]+$/;
const special = /[^\w-]/gu;

/** Different topics have different subjects, and no subject is a wildcard. */
export function subjectOf(prefix: string, topic: Topic): string {
  const dot = topic.indexOf('.');
  const id = topic.slice(dot + 1);
  return `${prefix}.${topic.slice(0, dot)}.${plain.test(id) ? id : escapeId(id)}`;
}

function escapeId(id: string): string {
  // A token cannot be empty.
  if (id === '') return '=';
  return id.replace(special, (character) =>
    [...Buffer.from(character, 'utf8')]
      .map((byte) => `=${byte.toString(16).padStart(2, '0')}`)
      .join(''),
  );
}
