import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@natter/protocol';
import { afterAll, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/system.ts';
import { connect } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../schema.ts';
import { createInlineCommitter } from './inline.ts';
import { createWriteQueue, queueBounds } from './queue.ts';

const folder = await mkdtemp(join(tmpdir(), 'natter-queue-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

it('[SEND1] while there is no room a write is refused as overloaded with the reason, told once, and goes on by itself', async () => {
  const path = join(folder, 'natter.db');
  const db = connect(path, 'write');
  migrate(db, path, migrations);
  const told: (string | null)[] = [];
  const committer = createInlineCommitter(db, { clock: systemClock, membersMax: 3 });
  const writer = createWriteQueue(committer, path, queueBounds, (trouble) => told.push(trouble));
  const save = (at: number) =>
    writer.write('saveUser', { id: `${'u'.repeat(100)}${at}` as UserId, name: 'N'.repeat(120) });

  await save(0);
  // SQLite's own bound: the same refusal as by a disk.
  const { page_count } = db.get<{ page_count: number }>('PRAGMA page_count') ?? { page_count: 0 };
  db.get(`PRAGMA max_page_count = ${page_count}`);
  const refusals: unknown[] = [];
  for (let at = 1; at < 200; at++) await save(at).catch((error: unknown) => refusals.push(error));
  expect(refusals.length).toBeGreaterThan(50);
  for (const refusal of refusals)
    expect(refusal).toMatchObject({
      code: 'overloaded',
      retry: 'later',
      message: 'unable to save: the disk is full on the server; try again later',
    });
  const saved = db.all('SELECT id FROM users').length;
  expect(saved + refusals.length).toBe(200);

  db.get('PRAGMA max_page_count = 100000');
  await save(200);
  expect(db.all('SELECT id FROM users')).toHaveLength(saved + 1);
  expect(told[0]).toBe('the disk is full');
  expect(told.at(-1)).toBe(null);
  expect(told.every((now, at) => at === 0 || now !== told[at - 1])).toBe(true);
  await writer.close();
});
