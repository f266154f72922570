/** Owns `natter revoke` as it is typed, and what it does: one row in the database, which every node looks at. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { UserId } from '@natter/protocol';
import {
  openPostgres,
  openSqlite,
  type Revocation,
  StorageError,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';
import { readSettings } from '../configuration/read.ts';
import { StartError } from '../startError.ts';

interface RevokeCommand {
  what: Revocation;
  data: string;
  databaseUrl: string | null;
}

export type ToldRevoke =
  | { kind: 'none' }
  | { kind: 'invalid'; problems: readonly string[] }
  | { kind: 'ready'; command: RevokeCommand };

const usage = 'natter revoke --user <id>, or natter revoke --token <jti>';
const tokenIdCharactersMax = 1_024;

export function readRevoke(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ToldRevoke {
  const [name, ...rest] = args;
  if (name !== 'revoke') return { kind: 'none' };
  const named: [flag: string, id: string][] = [];
  const flags: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const arg = rest[at] ?? '';
    const [flag = '', ...parts] = arg.split('=');
    if (flag !== '--user' && flag !== '--token') flags.push(arg);
    else if (parts.length > 0) named.push([flag, parts.join('=')]);
    else {
      at += 1;
      named.push([flag, rest[at] ?? '']);
    }
  }
  const { configuration, problems } = readSettings(flags, env);
  const { data, databaseUrl } = configuration;
  const [[flag, id] = ['', '']] = named;
  const isId =
    flag === '--user'
      ? /^[!-~]{1,128}$/.test(id)
      : id.length > 0 && id.length <= tokenIdCharactersMax;
  if (named.length !== 1 || !isId) problems.push(`say whose: ${usage}`);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const what = flag === '--user' ? { userId: id as UserId } : { tokenId: id };
  return { kind: 'ready', command: { what, data, databaseUrl } };
}

/** Resolves with what is to be printed; rejects with `StartError`. */
export async function runRevoke({ what, data, databaseUrl }: RevokeCommand): Promise<string> {
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  try {
    const storage =
      databaseUrl === null
        ? await openSqlite({ path: databaseIn(data), runtime, writer: 'inline' })
        : await openPostgres(databaseUrl, { runtime });
    try {
      await storage.saveRevocation(what);
    } finally {
      await storage.close();
    }
  } catch (error) {
    if (error instanceof StorageError) throw new StartError(error.message, { cause: error });
    throw error;
  }
  return 'userId' in what
    ? `Revoked every token of ${what.userId} that was issued until now. Every node closes their sockets within 5 s.`
    : `Revoked the token ${what.tokenId}. Every node closes its sockets within 5 s.`;
}

/** Never makes one: in a wrong folder, nobody would look at it. */
function databaseIn(data: string): string {
  const path = join(resolve(data), 'natter.db');
  if (existsSync(path)) return path;
  throw new StartError(
    `unable to revoke: there is no database in ${resolve(data)}; is NATTER_DATA right, or NATTER_DATABASE_URL missing?`,
  );
}
