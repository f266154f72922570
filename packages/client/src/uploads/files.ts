/** Owns the bytes of files that were asked for: fetched once, the last 100 kept, within a bound of bytes. */
import type { FileId } from '@natter/protocol';
import type { AuthorizedFetch } from './http.ts';

export interface Files {
  fetchFile(
    fileId: FileId,
    variant?: 'original' | 'thumbnail',
    onProgress?: (bytes: number) => void,
  ): Promise<Blob>;
  /** This device has sent it, so it has it. */
  keep(fileId: FileId, data: Blob): void;
  clear(): void;
}

const filesMax = 100;
const bytesMax = 67_108_864;

export function createFiles(fetch: AuthorizedFetch): Files {
  const kept = new Map<string, { blob: Promise<Blob>; bytes: number }>();

  function put(key: string, blob: Promise<Blob>, bytes: number): void {
    kept.delete(key);
    kept.set(key, { blob, bytes });
    let total = 0;
    for (const file of kept.values()) total += file.bytes;
    for (const [oldest, file] of kept) {
      if (oldest === key || (kept.size <= filesMax && total <= bytesMax)) break;
      total -= file.bytes;
      kept.delete(oldest);
    }
  }

  return {
    fetchFile(fileId, variant = 'original', onProgress) {
      const key = `${fileId}/${variant}`;
      const known = kept.get(key);
      if (known !== undefined) {
        put(key, known.blob, known.bytes);
        return known.blob;
      }
      const path = `/v1/files/${encodeURIComponent(fileId)}${variant === 'thumbnail' ? '/thumbnail' : ''}`;
      const blob = fetch(path, { method: 'GET' }).then((answer) => read(answer, onProgress));
      put(key, blob, 0);
      blob.then(
        ({ size }) => {
          if (kept.get(key)?.blob === blob) put(key, blob, size);
        },
        () => {
          if (kept.get(key)?.blob === blob) kept.delete(key);
        },
      );
      return blob;
    },
    keep(fileId, data) {
      for (const variant of ['original', 'thumbnail'])
        put(`${fileId}/${variant}`, Promise.resolve(data), data.size);
    },
    clear: () => kept.clear(),
  };
}

/** Counts what has come, where somebody wants to know. */
async function read(answer: Response, onProgress?: (bytes: number) => void): Promise<Blob> {
  if (onProgress === undefined || answer.body === null) return answer.blob();
  let bytes = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.byteLength;
        onProgress(bytes);
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { headers: answer.headers }).blob();
}
