/** Owns the catalogue of refusals: what each means for HTTP, and whether trying again can help. */

/** `never`: the same call fails again. `later`: wait (`retryAfterMs` if given), then repeat. `newToken`: fetch a token, then repeat. */
export type Retry = 'never' | 'later' | 'newToken';

export const errors = {
  badFrame: { status: 400, retry: 'never' },
  badRequest: { status: 400, retry: 'never' },
  helloFirst: { status: 400, retry: 'never' },
  unknownMethod: { status: 404, retry: 'never' },
  unauthenticated: { status: 401, retry: 'newToken' },
  tokenExpired: { status: 401, retry: 'newToken' },
  forbidden: { status: 403, retry: 'never' },
  /** Also the answer for a conversation that does not exist, so that its existence is not revealed. */
  notMember: { status: 403, retry: 'never' },
  notFound: { status: 404, retry: 'never' },
  conflict: { status: 409, retry: 'never' },
  tooLarge: { status: 413, retry: 'never' },
  unsupportedFile: { status: 415, retry: 'never' },
  uploadIncomplete: { status: 409, retry: 'later' },
  rateLimited: { status: 429, retry: 'later' },
  overloaded: { status: 503, retry: 'later' },
  draining: { status: 503, retry: 'later' },
  internal: { status: 500, retry: 'later' },
} as const satisfies Record<string, { status: number; retry: Retry }>;

export type ErrorCode = keyof typeof errors;

/** What the wire carries when a call is refused. `message` says what happened and what to do. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  retry: Retry;
  retryAfterMs?: number;
}

/** A refusal as a thrown value, on both sides of the wire. */
export class NatterError extends Error {
  readonly code: ErrorCode;
  readonly retry: Retry;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, options);
    this.name = 'NatterError';
    this.code = code;
    this.retry = errors[code].retry;
    this.retryAfterMs = options.retryAfterMs;
  }

  toBody(): ErrorBody {
    const body: ErrorBody = { code: this.code, message: this.message, retry: this.retry };
    if (this.retryAfterMs !== undefined) body.retryAfterMs = this.retryAfterMs;
    return body;
  }
}
