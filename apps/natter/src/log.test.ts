import { expect, it } from 'vitest';
import { createLog, type LogForm } from './log.ts';

function logged(form: LogForm, write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog(form, { write: (line) => void lines.push(line) }));
  return lines.join('');
}

/** As `pg` makes them: with the row that failed. */
function databaseError(): Error {
  const cause = Object.assign(new Error('a check was violated'), {
    code: '23514',
    detail: 'Failing row contains (1, hush).',
    parameters: ['hush'],
  });
  return Object.assign(new Error('unable to save', { cause }), { detail: 'hush' });
}

it('as JSON is one object a line, with the level, the time, the facts and the words', () => {
  const text = logged('json', (log) => {
    log.debug({}, 'not told');
    log.warn({ servers: ['a', 'b'] }, 'NATS is away');
  });
  expect(text.endsWith('\n')).toBe(true);
  expect(JSON.parse(text)).toMatchObject({ level: 40, servers: ['a', 'b'], msg: 'NATS is away' });
});

it('as text is a line that people read, with the stack behind an error', () => {
  const text = logged('text', (log) => {
    log.warn({ servers: ['a'], count: 2 }, 'NATS is away');
    log.error({ error: databaseError() }, 'unable to answer');
  });
  const [first, second, stack] = text.split('\n');
  expect(first).toMatch(/^\d{4}-\S+Z warn NATS is away servers=\["a"\] count=2$/);
  expect(second).toMatch(/Z error unable to answer$/);
  expect(stack).toContain('Error: unable to save');
  expect(text).toContain('a check was violated');
});

it.each(['json', 'text'] as const)(
  '[AUTH3] as %s tells of an error what it is and not what hangs on it',
  (form) => {
    const text = logged(form, (log) => {
      log.error({ error: databaseError() }, 'unable to answer');
      log.error({ error: 'hush' }, 'unable to answer');
    });
    expect(text).toContain('a check was violated');
    expect(text).not.toContain('hush');
  },
);
