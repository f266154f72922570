import { afterAll, describe, it, vi } from 'vitest';
import {
  findPostgres,
  postgresAdvice,
  startPostgres,
} from '../../../../../tests/services/postgres.ts';
import { describeStorage } from '../contract.suite.ts';
import { openPostgres } from './postgres.ts';

// Properties run hundreds of commands, each of them with another process.
vi.setConfig({ testTimeout: 60_000 });

if (findPostgres() === null) {
  describe.skip(`storage: postgres ${postgresAdvice}`, () =>
    it('runs the contract suite', () => {}));
} else {
  const server = await startPostgres();
  afterAll(() => server.remove());
  describeStorage('postgres', (settings) => openPostgres(server.createDatabase(), settings));
}
