/** Owns loading the list page by page, and the commands on conversations. */
import {
  type Conversation,
  type ConversationEntry,
  type ConversationId,
  type CreateConversationParams,
  type FileId,
  type GetConversationsResult,
  limits,
  NatterError,
  type UserId,
} from '@natter/protocol';
import { asError, type Call } from '../connection/calls.ts';
import type { Conversations, OnProgress } from '../contract.ts';
import type { Ids } from '../runtime/ids.ts';
import type { Batch } from '../store/batch.ts';
import type { Sync } from '../sync/sync.ts';
import type { ConversationList } from './list.ts';

export interface ConversationsPorts {
  call: Call;
  ids: Ids;
  list: ConversationList;
  pageSize: number;
  me(): UserId | null;
  uploadPicture(picture: Blob, onProgress?: OnProgress): Promise<FileId>;
  /** Resolves when what was kept of the list has begun it, or nothing was. */
  kept(): Promise<void>;
  batch: Batch;
  sync: Sync;
}

export interface ConversationsRoom {
  conversations: Conversations;
  fetchFirst(): Promise<GetConversationsResult>;
  /** The list begins anew with a page that is followed by `next`. */
  begin(page: { next: string | null }): void;
  /** Where the next page begins; null after the last. */
  next(): string | null;
}

/** Creating is repeated under the same id, so a lost answer creates nothing twice. */
const createTries = 3;

export function createConversations({
  call,
  ids,
  list,
  pageSize,
  me,
  uploadPicture,
  kept,
  batch,
  sync,
}: ConversationsPorts): ConversationsRoom {
  let next: string | null = null;
  let first: Promise<GetConversationsResult> | null = null;
  let loadingMore: Promise<void> | null = null;
  let isLoaded = false;
  let isWaiting = false;

  function show(error: NatterError | null = null): void {
    list.setPage({
      state: isLoaded
        ? 'ready'
        : isWaiting || first !== null
          ? 'loading'
          : error !== null
            ? 'error'
            : 'idle',
      error: error?.toBody() ?? null,
      hasMore: next !== null,
      loadingMore: loadingMore !== null,
    });
  }

  function begin(page: { next: string | null }): void {
    next = page.next;
    isLoaded = true;
    show();
  }

  /** One first page at a time, whoever asks for it: the application, or the connection when it begins anew. */
  function fetchFirst(): Promise<GetConversationsResult> {
    first ??= call('getConversations', { limit: pageSize }).then(
      (page) => {
        first = null;
        return page;
      },
      (cause) => {
        first = null;
        show(asError(cause));
        throw cause;
      },
    );
    show();
    return first;
  }

  function take(entries: readonly ConversationEntry[]): void {
    batch.run(() => sync.entries(entries));
  }

  /** Its details are those of the answer, until an event tells more. */
  function changed({ conversation }: { conversation: Conversation }): void {
    list.patch(conversation);
    sync.expect(conversation.id, conversation.version);
  }

  async function create(params: CreateConversationParams): Promise<ConversationId> {
    for (let tries = 1; ; tries++) {
      try {
        const { entry } = await call('createConversation', params);
        take([entry]);
        return entry.conversation.id;
      } catch (cause) {
        const error = asError(cause);
        if (error.retry !== 'later' || error.retryAfterMs !== undefined || tries >= createTries)
          throw error;
      }
    }
  }

  const conversations: Conversations = {
    getSnapshot: list.store.getSnapshot,
    subscribe: list.store.subscribe,
    async load() {
      if (!isLoaded) {
        isWaiting = true;
        show();
        await kept();
        isWaiting = false;
        if (isLoaded) return show();
      }
      await fetchFirst().then(
        (page) => {
          // Later pages that were loaded already stay: what is newer came by event.
          if (!isLoaded) begin(page);
          else show();
          take(page.entries);
        },
        () => {},
      );
    },
    loadMore() {
      if (next === null) return Promise.resolve();
      const after = next;
      loadingMore ??= call('getConversations', { limit: pageSize, after }).then(
        (page) => {
          loadingMore = null;
          // The list may have begun anew meanwhile.
          if (next === after) next = page.next;
          take(page.entries);
          show();
        },
        (cause) => {
          loadingMore = null;
          show(asError(cause));
        },
      );
      show();
      return loadingMore;
    },
    get: list.get,
    createDirect: (userId) => create({ id: ids.conversation(), kind: 'direct', userId }),
    createGroup: ({ name, userIds }) =>
      create({ id: ids.conversation(), kind: 'group', name, userIds: [...userIds] }),
    async update(id, { name, picture }, onProgress) {
      changed(
        await call('updateConversation', {
          conversationId: id,
          name,
          picture: picture && (await uploadPicture(picture, onProgress)),
        }),
      );
    },
    rename: (id, name) => conversations.update(id, { name }),
    // Somebody who has just left is not brought back by a role.
    async setRole(id, userId, role) {
      const params = { conversationId: id, userIds: [userId], role, membersOnly: true };
      changed(await call('addMembers', params));
    },
    async addMembers(id, userIds, role) {
      for (let at = 0; at < userIds.length; at += limits.membersPerRequestMax) {
        const part = userIds.slice(at, at + limits.membersPerRequestMax);
        changed(await call('addMembers', { conversationId: id, userIds: part, role }));
      }
    },
    async removeMember(id, userId) {
      const answer = await call('removeMember', { conversationId: id, userId });
      if (userId === me()) batch.run(() => sync.left(id));
      else changed(answer);
    },
    async leave(id) {
      const userId = me();
      if (userId === null)
        throw new NatterError('helloFirst', 'unable to leave: the client has not connected yet');
      await conversations.removeMember(id, userId);
    },
    async getMembers(id, { after, limit } = {}) {
      const { members, membersNext } = await call('getConversation', {
        conversationId: id,
        membersAfter: after,
        membersLimit: limit,
      });
      return { members, next: membersNext };
    },
  };

  return { conversations, fetchFirst, begin, next: () => next };
}
