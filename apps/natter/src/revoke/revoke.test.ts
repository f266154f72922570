import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@natter/protocol';
import {
  type Identity,
  openSqlite,
  type Revocation,
  type Runtime,
  type Storage,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRevoke, runRevoke } from './command.ts';
import { readRevoked } from './revoked.ts';

const ada = 'ada' as UserId;
let data: string;
let storage: Storage;
/** What waits for the clock, to be called by hand. */
let due: (() => void)[];
const runtime: Runtime = {
  clock: {
    ...systemClock,
    after(_ms, call) {
      due.push(call);
      return () => void due.splice(due.indexOf(call), 1);
    },
  },
  random: systemRandom,
  log: silentLog,
};

beforeEach(async () => {
  due = [];
  data = await mkdtemp(join(tmpdir(), 'natter-revoke-'));
  storage = await openSqlite({ path: join(data, 'natter.db'), runtime, writer: 'inline' });
});
afterEach(async () => {
  await storage.close();
  await rm(data, { recursive: true });
});

async function revoke(...args: string[]): Promise<string> {
  const told = readRevoke(['revoke', ...args, '--data', data], {});
  if (told.kind !== 'ready') throw new Error(`not understood: ${JSON.stringify(told)}`);
  return runRevoke(told.command);
}

const identity = (more: Partial<Identity> = {}): Identity => ({
  userId: ada,
  name: 'Ada',
  expiresAt: null,
  ...more,
});
async function isTaken(more: Partial<Identity>): Promise<boolean> {
  const revoked = await readRevoked(storage, runtime);
  const authenticate = revoked.guard(async () => identity(more));
  return authenticate('').then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'unauthenticated' });
      return false;
    },
  );
}

test('[AUTH5] of somebody who was revoked, only tokens that were issued since are taken', async () => {
  const before = systemClock.now() - 1_000;
  expect(await isTaken({ issuedAt: before })).toBe(true);
  expect(await revoke('--user', 'ada')).toContain('every token of ada');
  expect(await isTaken({ issuedAt: before })).toBe(false);
  expect(await isTaken({})).toBe(false);
  expect(await isTaken({ issuedAt: systemClock.now() + 1_000 })).toBe(true);
  expect(await isTaken({ userId: 'bob' as UserId, issuedAt: before })).toBe(true);
});

test('[AUTH5] a token that was revoked is not taken again, and others of the same person are', async () => {
  await revoke('--token=4f2a');
  const issuedAt = systemClock.now() + 1_000;
  expect(await isTaken({ tokenId: '4f2a', issuedAt })).toBe(false);
  expect(await isTaken({ tokenId: '4f2b', issuedAt })).toBe(true);
  expect(await isTaken({ tokenId: 'ada' })).toBe(true);
});

test('[AUTH5] a node that runs is told each one once, and of none from before its start', async () => {
  await revoke('--user', 'eve');
  const told: Revocation[] = [];
  const heard = Promise.withResolvers<void>();
  const revoked = await readRevoked(storage, runtime);
  const stop = revoked.watch((what) => {
    told.push(what);
    heard.resolve();
  });
  await revoke('--user', 'ada');
  due.shift()?.();
  await heard.promise;
  await expect.poll(() => due.length).toBe(1);
  due.shift()?.();
  await expect.poll(() => due.length).toBe(1);
  expect(told).toEqual([{ userId: ada }]);
  stop();
  expect(due).toEqual([]);
});

test('what is not understood changes nothing, and says how it is typed', async () => {
  for (const args of [
    [],
    ['--user'],
    ['--user', 'a b'],
    ['--user', 'a', '--token', 'b'],
    ['ada'],
  ]) {
    expect(readRevoke(['revoke', ...args], {}), args.join(' ')).toMatchObject({ kind: 'invalid' });
  }
  expect(readRevoke(['backup', 'x'], {})).toEqual({ kind: 'none' });
  const elsewhere = { what: { userId: ada }, data: join(data, 'elsewhere'), databaseUrl: null };
  await expect(runRevoke(elsewhere)).rejects.toThrow(/no database in .*elsewhere.*NATTER_DATA/);
});
