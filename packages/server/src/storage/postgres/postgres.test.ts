import { vi } from 'vitest';
import { describePostgres } from '../../../../../tests/services/postgres.ts';
import { describeStorage } from '../contract.suite.ts';
import { openPostgres } from './postgres.ts';

// Properties run hundreds of commands, each of them with another process.
vi.setConfig({ testTimeout: 60_000 });

describePostgres('the contract', {}, (server) =>
  describeStorage('postgres', (settings) => openPostgres(server.createDatabase(), settings)),
);
