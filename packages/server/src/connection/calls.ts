/**
 * Owns the calls of an open socket: their pace, how many may await an answer, and that the reply is written before
 * what the call changed is told.
 */
import { closeCodes, NatterError } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import type { Answer } from '../delivery/answer.ts';
import type { CallMethod, Dispatch } from '../dispatch/dispatch.ts';
import type { InFlight } from '../dispatch/inFlight.ts';
import { type Buckets, costOf } from '../dispatch/rates.ts';
import type { Runtime } from '../runtime/contract.ts';

export interface CallsDeps {
  runtime: Runtime;
  dispatch: Dispatch;
  buckets: { socket: Buckets; user: Buckets; address: Buckets };
  callsInFlightMax: number;
  isFinishing: () => boolean;
  inFlight: InFlight;
}

export interface Calls {
  receive(id: number, method: string, params: unknown): void;
  /** A frame that is no call counts as one. */
  refuse(id: number | null, error: NatterError): void;
  /** Takes no more calls, and calls once those under way are answered. */
  finish(finished: () => void): void;
}

/** Refusals for pace, one after the other, before the socket is closed; and how long it stays away then at least. */
const refusedInRowMax = 200;
const awayMsMin = 10_000;
const pagesAtOnceMax = 4;
const pageMethods: ReadonlySet<string> = new Set<CallMethod>([
  'getConversations',
  'getConversation',
  'getMessages',
  'getChanges',
  'getUsers',
]);

export function createCalls(
  deps: CallsDeps,
  socket: {
    caller: Caller;
    connectionId: string;
    address: string;
    send: (frame: object) => void;
    sendPage: (frame: object) => void;
    refuse: (id: number | null, error: unknown) => void;
    close: (code: number, reason: string) => void;
    /** Calls once what was written before has been read, for the most part. */
    whenRead: (call: () => void) => void;
  },
): Calls {
  const { dispatch, buckets } = deps;
  const { caller, connectionId, address, send, sendPage, refuse, close, whenRead } = socket;
  let unanswered = 0;
  let refusedInRow = 0;
  /** Bounded by the calls that may await their answer. */
  const pages: (() => void)[] = [];
  let pagesUnderWay = 0;
  let onFinished: (() => void) | null = null;

  /** Null when it may begin. */
  function decide(cost: number): NatterError | null {
    const waitMs = Math.max(
      buckets.socket.take(connectionId, cost),
      buckets.user.take(caller.userId, cost),
      buckets.address.take(address, cost),
    );
    if (waitMs > 0) return refusal('rateLimited', 'you call too often; wait, then go on', waitMs);
    if (deps.isFinishing() || onFinished !== null)
      return refusal('draining', 'this server is about to stop; reconnect', 1_000);
    if (unanswered < deps.callsInFlightMax) return null;
    return refusal(
      'overloaded',
      'too many of your calls await their answer; wait, then go on',
      250,
    );
  }

  /** A page can be large: the next one is read when the reader has kept up, so that replies cannot fill the memory. */
  function nextPage(): void {
    if (pages.length === 0 || pagesUnderWay >= pagesAtOnceMax) return;
    pagesUnderWay += 1;
    whenRead(() => {
      const read = pages.shift();
      if (read === undefined) pagesUnderWay -= 1;
      else read();
    });
  }

  function begin(id: number, method: string, params: unknown): void {
    unanswered += 1;
    const end = deps.inFlight.begin();
    const isPage = pageMethods.has(method);
    const settled = () => {
      unanswered -= 1;
      end();
      if (isPage) {
        pagesUnderWay -= 1;
        nextPage();
      }
      if (unanswered === 0) onFinished?.();
    };
    const answered = ({ result, tell }: Answer<unknown>) => {
      if (isPage) sendPage({ id, result });
      else send({ id, result });
      settled();
      tell?.();
    };
    const failed = (error: unknown) => {
      refuse(id, error);
      settled();
    };
    const run = () => call(method, params, answered, failed);
    if (isPage) {
      pages.push(run);
      nextPage();
    } else run();
  }

  function call(
    method: string,
    params: unknown,
    answered: (answer: Answer<unknown>) => void,
    failed: (error: unknown) => void,
  ): void {
    try {
      dispatch
        .call(caller, method, params)
        .then(answered, failed)
        .catch((error: unknown) => {
          deps.runtime.log.error({ error, method }, 'unable to tell what a call changed');
        });
    } catch (error) {
      failed(error);
    }
  }

  /** What comes too fast or too much is refused here. */
  function admit(id: number | null, cost: number): boolean {
    const error = decide(cost);
    if (error === null) {
      refusedInRow = 0;
      return true;
    }
    refuse(id, error);
    refusedInRow = error.code === 'rateLimited' ? refusedInRow + 1 : 0;
    if (refusedInRow > refusedInRowMax)
      close(closeCodes.rateLimited, String(Math.max(error.retryAfterMs ?? 0, awayMsMin)));
    return false;
  }

  return {
    receive(id, method, params) {
      if (admit(id, costOf(method, params))) begin(id, method, params);
    },
    refuse(id, error) {
      if (admit(id, 1)) refuse(id, error);
    },
    finish(finished) {
      onFinished = finished;
      if (unanswered === 0) finished();
    },
  };
}

function refusal(
  code: 'rateLimited' | 'draining' | 'overloaded',
  because: string,
  retryAfterMs: number,
): NatterError {
  return new NatterError(code, `unable to call: ${because}`, { retryAfterMs });
}
