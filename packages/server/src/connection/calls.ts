/**
 * Owns the calls of an open socket: their pace, how many may await an answer, and that the reply is written before
 * what the call changed is told.
 */
import { closeCodes, NatterError } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import type { InFlight } from '../dispatch/inFlight.ts';
import type { Buckets } from '../dispatch/rates.ts';
import type { Runtime } from '../runtime/contract.ts';

export interface CallsDeps {
  runtime: Runtime;
  dispatch: Dispatch;
  buckets: { socket: Buckets; user: Buckets; address: Buckets };
  callsInFlightMax: number;
  isDraining: () => boolean;
  inFlight: InFlight;
}

export interface Calls {
  receive(id: number, method: string, params: unknown): void;
}

/** Refusals for pace, one after the other, before the socket is closed; and how long it stays away then at least. */
const refusedInRowMax = 200;
const awayMsMin = 10_000;

export function createCalls(
  deps: CallsDeps,
  socket: {
    caller: Caller;
    connectionId: string;
    address: string;
    send: (frame: object) => void;
    refuse: (id: number, error: unknown) => void;
    close: (code: number, reason: string) => void;
  },
): Calls {
  const { dispatch, buckets } = deps;
  const { caller, connectionId, address, send, refuse, close } = socket;
  let unanswered = 0;
  let refusedInRow = 0;

  /** Null when it may begin. */
  function decide(): NatterError | null {
    const waitMs = Math.max(
      buckets.socket.take(connectionId),
      buckets.user.take(caller.userId),
      buckets.address.take(address),
    );
    if (waitMs > 0) return refusal('rateLimited', 'you call too often; wait, then go on', waitMs);
    if (deps.isDraining())
      return refusal('draining', 'this server is about to stop; reconnect', 1_000);
    if (unanswered < deps.callsInFlightMax) return null;
    return refusal(
      'overloaded',
      'too many of your calls await their answer; wait, then go on',
      250,
    );
  }

  function begin(id: number, method: string, params: unknown): void {
    unanswered += 1;
    const end = deps.inFlight.begin();
    const settled = () => {
      unanswered -= 1;
      end();
    };
    const failed = (error: unknown) => {
      settled();
      refuse(id, error);
    };
    try {
      dispatch
        .call(caller, method, params)
        .then(({ result, tell }) => {
          settled();
          send({ id, result });
          tell?.();
        }, failed)
        .catch((error: unknown) => {
          deps.runtime.log.error({ error, method }, 'unable to tell what a call changed');
        });
    } catch (error) {
      failed(error);
    }
  }

  return {
    receive(id, method, params) {
      const error = decide();
      if (error === null) {
        refusedInRow = 0;
        begin(id, method, params);
        return;
      }
      refuse(id, error);
      refusedInRow = error.code === 'rateLimited' ? refusedInRow + 1 : 0;
      if (refusedInRow <= refusedInRowMax) return;
      close(closeCodes.rateLimited, String(Math.max(error.retryAfterMs ?? 0, awayMsMin)));
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
