/**
 * Owns finding people. With the directory `shared`, somebody is only found by those who share a conversation with
 * them (not a large one); the others get the answer for people who do not exist.
 */
import type { GetUsersParams, GetUsersResult, User } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import { badRequest } from '../auth/refusal.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Directory, Storage } from '../storage/contract.ts';

export interface People {
  getUsers(caller: Caller, params: GetUsersParams): Promise<Answer<GetUsersResult>>;
}

export function createPeople(deps: {
  storage: Storage;
  directory: Directory;
  pageSizeDefault: number;
}): People {
  const { storage, directory, pageSizeDefault } = deps;

  async function visible(caller: Caller, users: User[]): Promise<User[]> {
    if (directory === 'everyone') return users;
    const ids = users.map((user) => user.id).filter((id) => id !== caller.userId);
    const shared = new Set<string>([
      caller.userId,
      ...(await storage.whoSharesConversation(caller.userId, ids)),
    ]);
    return users.filter((user) => shared.has(user.id));
  }

  return {
    async getUsers(caller, { ids, query, after = null, limit = pageSizeDefault }) {
      if (ids !== undefined && query !== undefined)
        throw badRequest('find people', 'name either ids or a query');
      if (ids !== undefined) {
        return {
          result: {
            users: await visible(caller, await storage.getUsers([...new Set(ids)])),
            next: null,
          },
        };
      }
      return {
        result: await storage.searchUsers({
          query: query?.trim() ?? '',
          after,
          limit,
          // In the database, for a cursor names whoever a page ends with.
          ...(directory === 'shared' ? { foundBy: caller.userId } : {}),
        }),
      };
    },
  };
}
