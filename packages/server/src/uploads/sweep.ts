/** Owns the end of what nobody wants any more: uploads not finished, and files not sent, within a day. */
import type { FileStore } from '../files/contract.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { Storage } from '../storage/contract.ts';
import type { Finisher } from './finish.ts';
import type { Ledger } from './ledger.ts';
import { type Receiver, unsentHours } from './receive.ts';

const everyMs = 600_000;
const batch = 1_000;

/** Returns its undo. */
export function startSweep(deps: {
  storage: Storage;
  files: FileStore;
  runtime: Runtime;
  ledger: Ledger;
  receiver: Receiver;
  finisher: Finisher;
}): () => void {
  const { runtime } = deps;
  let running = false;
  return runtime.clock.every(everyMs, () => {
    if (running) return;
    running = true;
    sweep(deps)
      .catch((error: unknown) => runtime.log.error({ error }, 'unable to clear old uploads'))
      .finally(() => {
        running = false;
      });
  });
}

export async function sweep(deps: {
  storage: Storage;
  files: FileStore;
  runtime: Runtime;
  ledger: Ledger;
  receiver: Receiver;
  finisher: Finisher;
}): Promise<void> {
  const { storage, files, runtime, ledger, receiver, finisher } = deps;
  const olderThan = runtime.clock.now() - unsentHours * 3_600_000;

  for (const entry of ledger.begunBefore(olderThan)) {
    if (finisher.isBusy(entry.fileId)) continue;
    ledger.remove(entry.fileId);
    await receiver.drop(entry.fileId);
    // A process that died between keeping the bytes and recording the file leaves bytes that nothing points to.
    if ((await storage.getFile(entry.fileId)) === null) await files.delete(entry.fileId);
  }

  for (;;) {
    const unsent = await storage.deleteUnsentFiles(olderThan);
    for (const fileId of unsent) await files.delete(fileId);
    if (unsent.length < batch) return;
  }
}
