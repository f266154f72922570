/** Owns which calls are answered with a page, and how many pages one person has on their way over HTTP. A page can be large, and stays in the memory until its reader has it. */
import type { UserId } from '@natter/protocol';
import { createWorkQueue, type WorkQueue } from '../runtime/workQueue.ts';
import type { CallMethod } from './dispatch.ts';

export const pageMethods: ReadonlySet<string> = new Set<CallMethod>([
  'getConversations',
  'getConversation',
  'getMessages',
  'getChanges',
  'getUsers',
]);

export interface Pages {
  /** Resolves, once there is room, with what ends it; rejects with `overloaded` when too many wait. Ending twice is harmless. */
  enter(userId: UserId): Promise<() => void>;
}

export const pageBounds = {
  atOnce: 4,
  waitingMax: 64,
  refusal: 'unable to call: too many pages of yours wait to be read; read them, then go on',
} as const;

export function createPages(): Pages {
  const queues = new Map<UserId, WorkQueue>();
  return {
    async enter(userId) {
      const queue = queues.get(userId) ?? createWorkQueue(pageBounds);
      queues.set(userId, queue);
      const leave = await queue.enter();
      return () => {
        leave();
        if (queue.isIdle && queues.get(userId) === queue) queues.delete(userId);
      };
    },
  };
}
