/**
 * Owns who may touch an upload's bytes. One request at a time; a newcomer asks the holder to let go, since the
 * holder is most often a request whose connection is dead. Waiting costs nothing, unlike polling for the lock.
 */
import { ERRORS, type Locker, type RequestRelease } from '@tus/server';

const waitingMax = 8;
const tooManyWait = { status_code: 503, body: 'too many requests wait for the upload' };

interface Turn {
  requestRelease: RequestRelease;
  begin: () => void;
}

export function createLocker(): Locker {
  const queues = new Map<string, Turn[]>();

  return {
    newLock: (id) => ({
      lock(signal, requestRelease) {
        const queue = queues.get(id) ?? [];
        if (signal.aborted) return Promise.reject(ERRORS.ABORTED);
        if (queue.length > waitingMax) return Promise.reject(tooManyWait);
        queues.set(id, queue);
        return new Promise((resolve, reject) => {
          const giveUp = () => {
            queue.splice(queue.indexOf(turn), 1);
            reject(ERRORS.ABORTED);
          };
          const turn: Turn = {
            requestRelease,
            begin: () => {
              signal.removeEventListener('abort', giveUp);
              resolve();
            },
          };
          queue.push(turn);
          if (queue.length === 1) return turn.begin();
          signal.addEventListener('abort', giveUp, { once: true });
          void queue[0]?.requestRelease();
        });
      },
      async unlock() {
        const queue = queues.get(id);
        queue?.shift();
        const next = queue?.[0];
        if (next === undefined) {
          queues.delete(id);
          return;
        }
        next.begin();
        if (queue !== undefined && queue.length > 1) void next.requestRelease();
      },
    }),
  };
}
