import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Call } from '../commands/commands.ts';
import { connect } from '../connection.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../schema.ts';
import { startThreadedCommitter } from './threaded.ts';

const folder = await mkdtemp(join(tmpdir(), 'natter-writer-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const deleteFiles: Call = { name: 'deleteUnsentFiles', args: [0] };

it('[SEND1] a writer thread that cannot open its database says why', async () => {
  const path = join(folder, 'missing', 'natter.db');
  const starting = startThreadedCommitter({ path, membersMax: 3 }, () => {});
  await expect(starting).rejects.toThrow(/the writer thread failed: unable to open/);
});

it('[SEND1] when the writer thread dies, the batch under way and all later ones fail, and it is told once', async () => {
  const path = join(folder, 'natter.db');
  const db = connect(path, 'write');
  migrate(db, path, migrations);
  db.close();
  const faults: Error[] = [];
  const committer = await startThreadedCommitter({ path, membersMax: 3 }, (error) =>
    faults.push(error),
  );
  expect(await committer.commit([deleteFiles])).toEqual([{ value: [] }]);
  // Answers with something that cannot leave the thread, which is a fault that the thread does not survive.
  const broken = { ...deleteFiles, name: 'constructor' } as unknown as Call;
  await expect(committer.commit([broken, deleteFiles])).rejects.toThrow(/thread failed/);
  await expect(committer.commit([deleteFiles])).rejects.toThrow(/the writer thread/);
  await committer.close();
  await committer.close();
  expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('thread failed')]);
});

it('[SEND1] closing is no fault, and what is committed after it fails', async () => {
  const path = join(folder, 'natter.db');
  const faults: Error[] = [];
  const committer = await startThreadedCommitter({ path, membersMax: 3 }, (error) =>
    faults.push(error),
  );
  await committer.close();
  await expect(committer.commit([deleteFiles])).rejects.toThrow(/has ended/);
  expect(faults).toEqual([]);
});
