/**
 * Owns files on their way to the server. The bytes stay in memory until the message is acknowledged, so trying again
 * goes on from where it broke off, and what is up already is not sent again.
 */
import { type FileId, NatterError } from '@natter/protocol';
import { asError } from '../connection/calls.ts';
import type { OutgoingFile, UploadSnapshot, Uploads } from '../contract.ts';
import type { Environment } from '../runtime/contract.ts';
import { createDerivedStore, type Telling } from '../store/store.ts';
import { createFiles } from './files.ts';
import { type AuthorizedFetch, type TusState, uploadByTus } from './tus.ts';

export interface UploadsRoom {
  uploads: Uploads;
  /** Takes the file in and returns the URL of its preview, if it is an image and there can be one. */
  add(localId: string, file: OutgoingFile): string | null;
  /** Resolves with its id; joins a try that is under way, goes on after one that failed. */
  start(localId: string): Promise<FileId>;
  /** It was cancelled, or its file is no longer on the server: begin afresh, or go on, when started next. */
  reset(localId: string, forgetServer: boolean): void;
  /** Its message was acknowledged or discarded. `sent`: keep the bytes as those of the server's file. */
  release(localId: string, sent: boolean): void;
  dispose(): void;
}

interface Upload {
  file: OutgoingFile;
  tus: TusState;
  snapshot: UploadSnapshot;
  previewUrl: string | null;
  running: Promise<FileId> | null;
  abort: AbortController | null;
}

const atOnceMax = 3;

export function createUploads({
  fetch,
  environment,
  telling,
  onProgress,
  onCancelled,
}: {
  fetch: AuthorizedFetch;
  environment: Environment;
  telling: Telling;
  onProgress(localId: string, progress: number): void;
  onCancelled(localId: string, error: NatterError): void;
}): UploadsRoom {
  const all = new Map<string, Upload>();
  const files = createFiles(fetch);
  const queue: (() => void)[] = [];
  let active = 0;
  let shown: readonly UploadSnapshot[] = [];
  const store = createDerivedStore<readonly UploadSnapshot[]>(telling, () => {
    const next = [...all.values()].map(({ snapshot }) => snapshot);
    if (next.length !== shown.length || next.some((one, at) => one !== shown[at])) shown = next;
    return shown;
  });

  function update(upload: Upload, change: Partial<UploadSnapshot>): void {
    upload.snapshot = { ...upload.snapshot, ...change };
    store.invalidate();
    if (change.progress !== undefined) onProgress(upload.snapshot.localId, change.progress);
  }

  /** Resolves with a place among those under way; rejects at once when it is cancelled while it waits. */
  function turn(signal: AbortSignal): Promise<void> {
    if (active < atOnceMax) {
      active += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      queue.push(resolve);
      signal.addEventListener('abort', () => {
        const at = queue.indexOf(resolve);
        if (at < 0) return;
        queue.splice(at, 1);
        reject(cancelled());
      });
    });
  }

  async function run(upload: Upload): Promise<FileId> {
    const abort = new AbortController();
    upload.abort = abort;
    try {
      await turn(abort.signal);
      return await transfer(upload, abort);
    } finally {
      upload.abort = upload.running = null;
    }
  }

  /** The place goes to whoever waits longest, or is free. */
  function leave(): void {
    const next = queue.shift();
    if (next === undefined) active -= 1;
    else next();
  }

  async function transfer(upload: Upload, abort: AbortController): Promise<FileId> {
    try {
      if (abort.signal.aborted) throw cancelled();
      update(upload, { state: 'uploading', error: null });
      const fileId = await uploadByTus(fetch, upload.file, upload.tus, {
        signal: abort.signal,
        onProgress: () =>
          update(upload, { progress: upload.tus.offset / Math.max(1, upload.file.data.size) }),
      });
      if (abort.signal.aborted) throw cancelled();
      update(upload, { state: 'done', progress: 1, fileId });
      return fileId;
    } catch (cause) {
      const error = abort.signal.aborted ? cancelled() : asError(cause);
      if (!abort.signal.aborted) update(upload, { state: 'failed', error: error.toBody() });
      // What the server refused for good is not there to go on with.
      if (error.retry === 'never' && !abort.signal.aborted) upload.tus = { url: null, offset: 0 };
      throw error;
    } finally {
      leave();
    }
  }

  return {
    uploads: {
      getSnapshot: store.getSnapshot,
      subscribe: store.subscribe,
      cancel(localId) {
        const upload = all.get(localId);
        if (upload === undefined || upload.snapshot.state === 'done') return;
        update(upload, { state: 'cancelled', error: cancelled().toBody() });
        upload.abort?.abort();
        onCancelled(localId, cancelled());
      },
      fetchFile: files.fetchFile,
    },
    add(localId, file) {
      const isImage = file.data.type.startsWith('image/');
      const previewUrl = isImage ? (environment.createObjectUrl?.(file.data) ?? null) : null;
      const snapshot: UploadSnapshot = {
        localId,
        state: 'waiting',
        progress: 0,
        fileId: null,
        error: null,
      };
      all.set(localId, {
        file,
        tus: { url: null, offset: 0 },
        snapshot,
        previewUrl,
        running: null,
        abort: null,
      });
      store.invalidate();
      return previewUrl;
    },
    start(localId) {
      const upload = all.get(localId);
      if (upload === undefined)
        return Promise.reject(
          new NatterError('notFound', 'unable to upload: the file is no longer here'),
        );
      const { state, fileId } = upload.snapshot;
      if (state === 'done' && fileId !== null) return Promise.resolve(fileId);
      if (state === 'cancelled') return Promise.reject(cancelled());
      upload.running ??= run(upload);
      return upload.running;
    },
    reset(localId, forgetServer) {
      const upload = all.get(localId);
      if (upload === undefined) return;
      if (forgetServer) {
        upload.tus = { url: null, offset: 0 };
        update(upload, { state: 'waiting', fileId: null, progress: 0, error: null });
      } else if (upload.snapshot.state !== 'done')
        update(upload, { state: 'waiting', error: null });
    },
    release(localId, sent) {
      const upload = all.get(localId);
      if (upload === undefined) return;
      all.delete(localId);
      upload.abort?.abort();
      const { fileId } = upload.snapshot;
      if (sent && fileId !== null && upload.file.data.type.startsWith('image/'))
        files.keep(fileId, upload.file.data);
      if (upload.previewUrl !== null) environment.revokeObjectUrl?.(upload.previewUrl);
      store.invalidate();
    },
    dispose() {
      for (const localId of [...all.keys()]) this.release(localId, false);
      files.clear();
      store.dispose();
    },
  };
}

function cancelled(): NatterError {
  return new NatterError('conflict', 'the upload was cancelled; send the message again to go on');
}
