/** Owns one upload by tus 1.0: begun once, gone on with from where the server is. It repeats nothing by itself. */
import { type ErrorBody, type FileId, NatterError } from '@natter/protocol';

export interface TusState {
  /** Null until the server has given it a place. */
  url: string | null;
  offset: number;
}

/** Fetch with the token, whose answers outside 2xx are thrown as refusals, and whose network failures mean `later`. */
export type AuthorizedFetch = (path: string, init: RequestInit) => Promise<Response>;

const chunkBytes = 1_048_576;
const headers = { 'Tus-Resumable': '1.0.0' };

export async function uploadByTus(
  fetch: AuthorizedFetch,
  file: { data: Blob; name: string },
  state: TusState,
  { signal, onPlace, onProgress }: { signal: AbortSignal; onPlace(): void; onProgress(): void },
): Promise<FileId> {
  const size = file.data.size;
  if (state.url !== null) await findOffset(fetch, state, signal);
  if (state.url === null) {
    const created = await fetch('/v1/uploads', {
      method: 'POST',
      headers: {
        ...headers,
        'Upload-Length': String(size),
        'Upload-Metadata': `filename ${encodeName(file.name)}`,
      },
      signal,
    });
    state.url = created.headers.get('Location');
    state.offset = 0;
    if (state.url === null)
      throw new NatterError('internal', 'unable to upload: the server gave no place for it');
    onPlace();
  }
  while (state.offset < size) {
    const answer = await fetch(state.url, {
      method: 'PATCH',
      headers: {
        ...headers,
        'Upload-Offset': String(state.offset),
        'Content-Type': 'application/offset+octet-stream',
      },
      body: file.data.slice(state.offset, state.offset + chunkBytes),
      signal,
    });
    const offset = Number(answer.headers.get('Upload-Offset'));
    if (!(offset > state.offset))
      throw new NatterError('internal', 'unable to upload: the server does not go on');
    state.offset = offset;
    onProgress();
  }
  return fileIdOf(state.url);
}

/** Where the server is. One that no longer knows the upload gets it anew. */
async function findOffset(
  fetch: AuthorizedFetch,
  state: TusState,
  signal: AbortSignal,
): Promise<void> {
  try {
    const answer = await fetch(state.url ?? '', { method: 'HEAD', headers, signal });
    state.offset = Number(answer.headers.get('Upload-Offset') ?? 0);
  } catch (cause) {
    if (!(cause instanceof NatterError) || cause.retry !== 'never') throw cause;
    state.url = null;
    state.offset = 0;
  }
}

function fileIdOf(url: string): FileId {
  return (url.split(/[?#]/)[0] ?? '').split('/').at(-1) as FileId;
}

function encodeName(name: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(name)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** A refusal in an HTTP answer; one without a body, as of a proxy, by its status. */
export async function refusalOf(answer: Response): Promise<ErrorBody> {
  try {
    const body: unknown = await answer.json();
    const error = (body as { error?: ErrorBody } | null)?.error;
    if (typeof error?.code === 'string') return error;
  } catch {
    // Not ours; its status has to do.
  }
  const { status } = answer;
  const code =
    status === 401
      ? 'unauthenticated'
      : status === 404 || status === 410
        ? 'notFound'
        : status === 413
          ? 'tooLarge'
          : status === 429
            ? 'rateLimited'
            : status >= 400 && status < 500 && status !== 408 && status !== 409 && status !== 423
              ? 'badRequest'
              : 'internal';
  const retry =
    code === 'unauthenticated'
      ? 'newToken'
      : code === 'rateLimited' || code === 'internal'
        ? 'later'
        : 'never';
  return { code, message: `the server answered ${status}`, retry };
}
