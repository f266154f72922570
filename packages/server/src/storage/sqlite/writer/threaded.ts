/** Owns the writer thread as the main thread sees it, so that a slow disk never stalls sockets. */
import { Worker } from 'node:worker_threads';
import { unreachable } from '@natter/protocol';
import type { Answer } from './batch.ts';
import type { FromWriter, ToWriter, WriterSettings } from './messages.ts';
import type { Committer } from './queue.ts';

/** Sources run as they are, published code is compiled. */
const workerFile = import.meta.url.endsWith('.ts')
  ? new URL('./writer.worker.ts', import.meta.url)
  : new URL('./writer.worker.js', import.meta.url);

/** What a batch leaves behind is garbage at once: with more room, the thread keeps tens of megabytes of it. */
const youngMegabytes = 12;

type State =
  | { state: 'starting' | 'idle' }
  | {
      state: 'committing';
      resolve: (answers: Answer[]) => void;
      reject: (error: unknown) => void;
    }
  | { state: 'ended'; error: Error };

/** Resolves once the thread has opened the database. `onFault`: it ended by itself, and no write succeeds any more. */
export async function startThreadedCommitter(
  settings: WriterSettings,
  onFault: (error: Error) => void,
): Promise<Committer> {
  const worker = new Worker(workerFile, {
    workerData: settings,
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  let current: State = { state: 'starting' };
  let closing = false;
  const ready = Promise.withResolvers<void>();
  const exited = Promise.withResolvers<void>();

  function end(error: Error): void {
    const before = current;
    if (before.state === 'ended') return;
    current = { state: 'ended', error };
    if (before.state !== 'starting' && !closing) onFault(error);
    if (before.state === 'starting') ready.reject(error);
    if (before.state === 'committing') before.reject(error);
  }

  worker.on('message', (message: FromWriter) => {
    const before = current;
    switch (message.type) {
      case 'ready':
        current = { state: 'idle' };
        ready.resolve();
        return;
      case 'committed':
        current = { state: 'idle' };
        if (before.state === 'committing') before.resolve(message.answers);
        return;
      case 'failed':
        current = { state: 'idle' };
        if (before.state === 'committing') before.reject(message.error);
        return;
      default:
        unreachable(message);
    }
  });
  worker.on('error', (cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    end(new Error(`the writer thread failed: ${reason}`, { cause }));
  });
  worker.on('exit', (code) => {
    end(new Error(`the writer thread has ended (${code})`));
    exited.resolve();
  });
  await ready.promise;

  return {
    commit(calls) {
      if (current.state === 'ended') return Promise.reject(current.error);
      return new Promise<Answer[]>((resolve, reject) => {
        current = { state: 'committing', resolve, reject };
        worker.postMessage({ type: 'commit', calls } satisfies ToWriter);
      });
    },
    async close() {
      closing = true;
      if (current.state !== 'ended') worker.postMessage({ type: 'close' } satisfies ToWriter);
      await exited.promise;
    },
  };
}
