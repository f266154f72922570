/**
 * Owns the calls: their ids, how many are under way, how long each may take. Every call ends exactly once.
 * Calls made while there is no connection wait for it, no longer than an answer may take.
 */
import {
  type ErrorBody,
  errors,
  limits,
  type Method,
  NatterError,
  type Params,
  type Result,
} from '@natter/protocol';
import type { Clock } from '../runtime/contract.ts';

export type Outcome<Value> = { ok: true; result: Value } | { ok: false; error: NatterError };
/** What is undefined is left out of the frame. */
type Sent<P> = {
  [K in keyof P]: Record<never, never> extends Pick<P, K> ? P[K] | undefined : P[K];
};
type SentByMethod = { [M in Method]: Sent<Params<M>> };
export type Call = <M extends Method>(method: M, params: SentByMethod[M]) => Promise<Result<M>>;

export interface Calls {
  /** `done` is called in the turn in which the answer arrived, before anything that arrived after it. */
  request<M extends Method>(
    method: M,
    params: SentByMethod[M],
    done: (outcome: Outcome<Result<M>>) => void,
  ): void;
  call: Call;
  /** A socket is there; only `urgent` requests go through until `ready`. */
  attach(send: (text: string) => boolean): void;
  urgent: Calls['request'];
  ready(): void;
  /** The socket is gone: what was under way ends with `later`, what waits goes on waiting. */
  detach(): void;
  /** Nobody connects any more: everything ends, and new calls end at once, until `open`. */
  shut(message: string): void;
  open(): void;
  answer(id: number, outcome: Outcome<unknown>): void;
}

const timeoutMs = 10_000;
const inFlightMax = 32;
const waitingMax = 1_000;

/** A refusal as it came over the wire, as a thrown value. Codes that a newer server invents count as `internal`. */
export function toError(body: ErrorBody): NatterError {
  const { code, message, retryAfterMs } = body;
  return new NatterError(code in errors ? code : 'internal', message, { retryAfterMs });
}

/** Whatever was thrown, as a refusal. What is no refusal is a lost network, as far as a caller can do anything about it. */
export function asError(cause: unknown): NatterError {
  if (cause instanceof NatterError) return cause;
  return new NatterError(
    'internal',
    `unable to finish: ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause },
  );
}

interface Entry {
  text: string;
  answered(outcome: Outcome<unknown>): void;
  cancelTimer(): void;
}

export function createCalls({ clock, onSuspect }: { clock: Clock; onSuspect(): void }): Calls {
  const waiting = new Map<number, Entry>();
  const inFlight = new Map<number, Entry>();
  let lastId = 0;
  let send: ((text: string) => boolean) | null = null;
  let isReady = false;
  let shutMessage: string | null = null;

  function finish(id: number, outcome: Outcome<unknown>): void {
    const entry = inFlight.get(id) ?? waiting.get(id);
    if (entry === undefined) return;
    inFlight.delete(id);
    waiting.delete(id);
    entry.cancelTimer();
    entry.answered(outcome);
    pump();
  }

  function transmit(id: number, entry: Entry): void {
    waiting.delete(id);
    inFlight.set(id, entry);
    send?.(entry.text);
  }

  function pump(): void {
    if (!isReady) return;
    for (const [id, entry] of waiting) {
      if (inFlight.size >= inFlightMax) return;
      transmit(id, entry);
    }
  }

  function enter(
    method: Method,
    params: unknown,
    done: (outcome: Outcome<never>) => void,
    urgent: boolean,
  ): undefined {
    const refuse = (error: NatterError): undefined => void done({ ok: false, error });
    if (shutMessage !== null)
      return refuse(new NatterError('internal', `unable to call ${method}: ${shutMessage}`));
    if (waiting.size >= waitingMax) {
      return refuse(
        new NatterError(
          'overloaded',
          `unable to call ${method}: too many calls wait; try again later`,
        ),
      );
    }
    lastId += 1;
    const id = lastId;
    const text = JSON.stringify({ id, method, params });
    if (
      text.length > limits.frameBytesMax / 3 &&
      new TextEncoder().encode(text).length > limits.frameBytesMax
    ) {
      return refuse(
        new NatterError('tooLarge', `unable to call ${method}: it is too large for one frame`),
      );
    }
    const cancelTimer = clock.after(timeoutMs, () => {
      const wasSent = inFlight.has(id);
      finish(id, {
        ok: false,
        error: new NatterError(
          'overloaded',
          `no answer to ${method} within ${timeoutMs / 1_000} s; try again`,
        ),
      });
      if (wasSent) onSuspect();
    });
    const entry: Entry = {
      text,
      answered: (outcome) => done(outcome as Outcome<never>),
      cancelTimer,
    };
    if (urgent) {
      transmit(id, entry);
      return;
    }
    waiting.set(id, entry);
    pump();
  }

  function end(entries: Map<number, Entry>, message: string): void {
    for (const id of [...entries.keys()])
      finish(id, { ok: false, error: new NatterError('internal', message) });
  }

  const calls: Calls = {
    request: (method, params, done) =>
      enter(method, params, done as (outcome: Outcome<never>) => void, false),
    urgent: (method, params, done) =>
      enter(method, params, done as (outcome: Outcome<never>) => void, true),
    call: (method, params) =>
      new Promise((resolve, reject) => {
        calls.request(method, params, (outcome) =>
          outcome.ok ? resolve(outcome.result) : reject(outcome.error),
        );
      }),
    attach(next) {
      send = next;
    },
    open() {
      shutMessage = null;
    },
    ready() {
      isReady = true;
      pump();
    },
    detach() {
      send = null;
      isReady = false;
      end(inFlight, 'the connection was lost before the answer came; try again');
    },
    shut(message) {
      calls.detach();
      shutMessage = message;
      end(waiting, message);
    },
    answer: finish,
  };
  return calls;
}
