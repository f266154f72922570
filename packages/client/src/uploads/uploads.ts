/**
 * Owns files on their way to the server. The bytes stay in memory, or where the device keeps them, until the message
 * is acknowledged, so trying again goes on from where it broke off, and what is up already is not sent again.
 */
import { type FileId, NatterError } from '@natter/protocol';
import { asError } from '../connection/calls.ts';
import type { OnProgress, OutgoingFile, UploadSnapshot, Uploads } from '../contract.ts';
import type { KeptFile } from '../persistence/contract.ts';
import type { Environment } from '../runtime/contract.ts';
import { createDerivedStore, sameListOr, type Telling } from '../store/store.ts';
import { createFiles } from './files.ts';
import type { AuthorizedFetch } from './http.ts';
import type { TusState } from './tus.ts';

export interface UploadsRoom {
  uploads: Uploads;
  /** An image that is no part of a message. */
  uploadPicture(data: Blob, onProgress?: OnProgress): Promise<FileId>;
  /** Takes the file in and returns the URL of its preview, if it is an image and there can be one. */
  add(localId: string, file: OutgoingFile): string | null;
  /** One that an earlier page or another tab took in: its bytes are loaded when they are needed. Twice is harmless. */
  restore(file: KeptFile): void;
  /** Where the server is with it. */
  place(localId: string): { url: string | null; fileId: FileId | null };
  /** Null: not in memory. */
  data(localId: string): Blob | null;
  /** Loads what a restored image looks like; told by `onPreview`. */
  preview(localId: string): void;
  /** Resolves with its id; joins a try that is under way, goes on after one that failed. */
  start(localId: string): Promise<FileId>;
  /** It was cancelled, or its file is no longer on the server: begin afresh, or go on, when started next. */
  reset(localId: string, forgetServer: boolean): void;
  /** Its message was acknowledged or discarded. `sent`: keep the bytes as those of the server's file. */
  release(localId: string, sent: boolean): void;
  dispose(): void;
}

interface Upload {
  name: string;
  isImage: boolean;
  /** Null: to be loaded. */
  data: Blob | null;
  tus: TusState;
  snapshot: UploadSnapshot;
  previewUrl: string | null;
  previewing: boolean;
  running: Promise<FileId> | null;
  abort: AbortController | null;
}

const atOnceMax = 3;

export function createUploads({
  fetch,
  environment,
  telling,
  load,
  onProgress,
  onPreview,
  onPlace,
  onCancelled,
}: {
  fetch: AuthorizedFetch;
  environment: Environment;
  telling: Telling;
  /** The bytes that the device keeps; null when it does not. */
  load(localId: string): Promise<Blob | null>;
  onProgress(localId: string, progress: number): void;
  onPreview(localId: string, previewUrl: string): void;
  /** `place` has changed. */
  onPlace(localId: string): void;
  onCancelled(localId: string, error: NatterError): void;
}): UploadsRoom {
  const all = new Map<string, Upload>();
  const files = createFiles(fetch);
  const queue: (() => void)[] = [];
  const ending = new AbortController();
  let active = 0;
  let shown: readonly UploadSnapshot[] = [];
  const store = createDerivedStore<readonly UploadSnapshot[]>(telling, () => {
    const next = [...all.values()].map(({ snapshot }) => snapshot);
    shown = sameListOr(shown, next);
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
      const { localId } = upload.snapshot;
      const { name } = upload;
      const [{ uploadByTus }, data] = await Promise.all([loadTus(), dataOf(upload)]);
      if (abort.signal.aborted) throw cancelled();
      const fileId = await uploadByTus(fetch, { data, name }, upload.tus, {
        signal: abort.signal,
        onPlace: () => onPlace(localId),
        onProgress: () => update(upload, { progress: upload.tus.offset / Math.max(1, data.size) }),
      });
      if (abort.signal.aborted) throw cancelled();
      update(upload, { state: 'done', progress: 1, fileId });
      onPlace(localId);
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

  async function dataOf(upload: Upload): Promise<Blob> {
    upload.data ??= await load(upload.snapshot.localId);
    if (upload.data !== null) return upload.data;
    throw new NatterError(
      'notFound',
      `unable to send: ${upload.name} is no longer on this device; attach it again`,
    );
  }

  function enter(file: { localId: string; fileId: FileId | null }, upload: Partial<Upload>): void {
    const { localId, fileId } = file;
    const snapshot: UploadSnapshot = {
      localId,
      state: fileId === null ? 'waiting' : 'done',
      progress: fileId === null ? 0 : 1,
      fileId,
      error: null,
    };
    all.set(localId, {
      name: '',
      isImage: false,
      data: null,
      tus: { url: null, offset: 0 },
      previewUrl: null,
      previewing: false,
      running: null,
      abort: null,
      ...upload,
      snapshot,
    });
    store.invalidate();
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
    async uploadPicture(data, onProgress) {
      const { uploadByTus } = await loadTus();
      const name = 'name' in data && typeof data.name === 'string' ? data.name : 'picture';
      const state: TusState = { url: null, offset: 0 };
      return uploadByTus(fetch, { data, name }, state, {
        signal: ending.signal,
        onPlace() {},
        onProgress: () => onProgress?.(state.offset / Math.max(1, data.size)),
      });
    },
    add(localId, file) {
      const { name, data } = file;
      const isImage = data.type.startsWith('image/');
      const previewUrl = isImage ? (environment.createObjectUrl?.(data) ?? null) : null;
      enter({ localId, fileId: null }, { name, isImage, data, previewUrl });
      return previewUrl;
    },
    restore(file) {
      const { localId, name, mediaType, url, fileId } = file;
      const upload = all.get(localId);
      const tus = { url, offset: 0 };
      if (upload === undefined) enter(file, { name, isImage: mediaType.startsWith('image/'), tus });
      else if (upload.running === null && upload.tus.url === null && url !== null) {
        upload.tus = tus;
        if (fileId !== null) update(upload, { state: 'done', progress: 1, fileId });
      }
    },
    place(localId) {
      const upload = all.get(localId);
      return { url: upload?.tus.url ?? null, fileId: upload?.snapshot.fileId ?? null };
    },
    data: (localId) => all.get(localId)?.data ?? null,
    preview(localId) {
      const upload = all.get(localId);
      const { createObjectUrl } = environment;
      if (!upload?.isImage || upload.previewing || createObjectUrl === undefined) return;
      upload.previewing = true;
      dataOf(upload).then(
        (data) => {
          if (all.get(localId) !== upload || upload.previewUrl !== null) return;
          upload.previewUrl = createObjectUrl(data);
          onPreview(localId, upload.previewUrl);
        },
        // It says so when it is sent.
        () => {},
      );
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
      const { data, isImage } = upload;
      if (sent && fileId !== null && isImage && data !== null) files.keep(fileId, data);
      if (upload.previewUrl !== null) environment.revokeObjectUrl?.(upload.previewUrl);
      store.invalidate();
    },
    dispose() {
      ending.abort();
      for (const localId of [...all.keys()]) this.release(localId, false);
      files.clear();
      store.dispose();
    },
  };
}

/** A try that failed is made again by the next. */
function loadTus(): Promise<typeof import('./tus.ts')> {
  return import('./tus.ts').catch((cause) => {
    const message = 'unable to upload: the code for it did not load; try again, or reload the page';
    throw new NatterError('internal', message, { cause });
  });
}

function cancelled(): NatterError {
  return new NatterError('conflict', 'the upload was cancelled; send the message again to go on');
}
