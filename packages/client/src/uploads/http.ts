/** Owns HTTP calls with the token: fetched anew once when the server refuses it, never sent to another origin. */
import { type ErrorBody, NatterError } from '@natter/protocol';
import { toError } from '../connection/calls.ts';
import type { Clock } from '../runtime/contract.ts';

/** Fetch with the token, whose answers outside 2xx are thrown as refusals, and whose network failures mean `later`. */
export type AuthorizedFetch = (path: string, init: RequestInit) => Promise<Response>;

/** A part of an upload, or a file, that takes longer than this is not coming. */
const timeoutMs = 120_000;

export interface HttpPorts {
  baseUrl: string;
  fetch: typeof fetch;
  clock: Clock;
  getToken(): Promise<string | null>;
  refuseToken(token: string): void;
}

export function createAuthorizedFetch({
  baseUrl,
  fetch,
  clock,
  getToken,
  refuseToken,
}: HttpPorts): AuthorizedFetch {
  async function once(url: string, init: RequestInit, token: string): Promise<Response> {
    const abort = new AbortController();
    const cancel = clock.after(timeoutMs, () => abort.abort());
    const onAbort = (): void => abort.abort();
    init.signal?.addEventListener('abort', onAbort);
    try {
      return await fetch(url, {
        ...init,
        headers: { ...init.headers, Authorization: `Bearer ${token}` },
        signal: abort.signal,
      });
    } catch (cause) {
      throw new NatterError('internal', 'unable to reach the server; try again', { cause });
    } finally {
      cancel();
      init.signal?.removeEventListener('abort', onAbort);
    }
  }

  return async (path, init) => {
    const url = locate(baseUrl, path);
    for (let tries = 1; ; tries++) {
      const token = await getToken();
      if (token === null)
        throw new NatterError('unauthenticated', 'unable to call the server: nobody is signed in');
      const answer = await once(url, init, token);
      if (answer.ok) return answer;
      const body = await refusalOf(answer);
      if (body.retry === 'newToken' && tries === 1) {
        refuseToken(token);
        continue;
      }
      throw toError(body);
    }
  };
}

/** The place a server names, on this server: a token goes nowhere else. */
function locate(baseUrl: string, path: string): string {
  return baseUrl + path.replace(/^https?:\/\/[^/]+/, '');
}

/** A refusal in an HTTP answer; one without a body, as of a proxy, by its status. */
async function refusalOf(answer: Response): Promise<ErrorBody> {
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
