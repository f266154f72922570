/**
 * Owns one upload by tus 1.0: begun once, gone on with from where the server is. It repeats nothing by itself. Loaded
 * with the first upload, since most visits make none.
 */
import { type FileId, NatterError } from '@natter/protocol';
import type { AuthorizedFetch } from './http.ts';

export interface TusState {
  /** Null until the server has given it a place. */
  url: string | null;
  offset: number;
}

const chunkBytes = 1_048_576;
const headers = { 'Tus-Resumable': '1.0.0' };
const bytesType = 'application/offset+octet-stream';

export async function uploadByTus(
  fetch: AuthorizedFetch,
  { data, name }: { data: Blob; name: string },
  state: TusState,
  { signal, onPlace, onProgress }: { signal: AbortSignal; onPlace(): void; onProgress(): void },
): Promise<FileId> {
  const { size } = data;

  /** The answer says where the server is. */
  async function send(
    method: string,
    path: string | null,
    more: Record<string, string> = {},
    bytes?: Blob,
  ): Promise<Response> {
    const answer = await fetch(path ?? '', {
      method,
      headers: { ...headers, ...more, ...(bytes ? { 'Content-Type': bytesType } : {}) },
      ...(bytes ? { body: bytes } : {}),
      signal,
    });
    state.offset = Number(answer.headers.get('Upload-Offset') ?? 0);
    return answer;
  }

  async function begin(bytes?: Blob): Promise<void> {
    const named = `filename ${encodeName(name)}`;
    const more = { 'Upload-Length': `${size}`, 'Upload-Metadata': named };
    state.url = (await send('POST', '/v1/uploads', more, bytes)).headers.get('Location');
    if (state.url === null)
      throw new NatterError('internal', 'unable to upload: the server gave no place for it');
    onPlace();
  }

  if (state.url !== null) {
    try {
      await send('HEAD', state.url);
    } catch (error) {
      if ((error as NatterError).retry !== 'never') throw error;
      state.url = null;
    }
  }
  if (state.url === null) await begin();
  let isAnew = false;
  while (state.offset < size) {
    const from = state.offset;
    try {
      const part = data.slice(from, from + chunkBytes);
      await send('PATCH', state.url, { 'Upload-Offset': `${from}` }, part);
      if (state.offset <= from)
        throw new NatterError('internal', 'unable to upload: the server takes no more');
    } catch (error) {
      if (isAnew || (error as NatterError).code !== 'notFound') throw error;
      // Its node died, or this request came to another one: all the bytes at once need no node twice.
      isAnew = true;
      await begin(data);
    }
    onProgress();
  }
  return fileIdOf(state.url);
}

function fileIdOf(url: string | null): FileId {
  return url?.split(/[?#]/)[0]?.split('/').at(-1) as FileId;
}

function encodeName(name: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(name)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
