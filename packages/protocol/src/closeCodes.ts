/** Owns the close codes. Their hundred says what a client does next, so that new codes need no new client. */
export const closeCodes = {
  slowConsumer: 4000,
  silent: 4001,
  internal: 4002,
  helloTimeout: 4003,
  /** The reason is the number of milliseconds after which to come back. */
  draining: 4100,
  rateLimited: 4101,
  tokenExpired: 4200,
  tokenInvalid: 4201,
  badFrame: 4300,
  unsupportedVersion: 4301,
  forbidden: 4302,
} as const;

export type CloseAction =
  | { do: 'retry' }
  | { do: 'retryAfter'; retryAfterMs: number }
  | { do: 'newToken' }
  | { do: 'stop' };

/** What a client does after its socket closed with `code` and `reason`. Codes of WebSocket itself mean `retry`. */
export function closeAction(code: number, reason: string): CloseAction {
  if (code >= 4100 && code < 4200) {
    // Digits only: an empty reason is no wait of 0 ms, which would bring every client back at once.
    return /^\d+$/.test(reason)
      ? { do: 'retryAfter', retryAfterMs: Math.min(Number(reason), 300_000) }
      : { do: 'retry' };
  }
  if (code >= 4200 && code < 4300) return { do: 'newToken' };
  if (code >= 4300 && code < 4400) return { do: 'stop' };
  return { do: 'retry' };
}
