/** Owns finding people. Nothing is kept: changes of all of them are not told. */
import { limits, type User } from '@natter/protocol';
import type { Call } from '../connection/calls.ts';
import type { Users } from '../contract.ts';

export function createUsers({ call }: { call: Call }): Users {
  return {
    async search(query, { after, limit } = {}) {
      return call('getUsers', { query: query || undefined, after, limit });
    },
    async get(ids) {
      const found: User[] = [];
      for (let at = 0; at < ids.length; at += limits.idsPerRequestMax) {
        const { users } = await call('getUsers', {
          ids: ids.slice(at, at + limits.idsPerRequestMax),
          limit: limits.pageSizeMax,
        });
        found.push(...users);
      }
      return found;
    },
  };
}
