/**
 * Owns the way from a checked command to its handler, the same for sockets, HTTP and the server's own calls. A
 * handler starts before anything is awaited, so the calls of one socket reach storage in the order of its frames.
 */
import {
  type ErrorBody,
  type Method,
  NatterError,
  type Params,
  type Result,
} from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Log } from '../runtime/contract.ts';
import type { Counters } from '../runtime/counters.ts';
import { traced } from '../runtime/tracing.ts';
import { checkParams, isMethod } from './validation.ts';

/** `hello` is not among them: it makes the caller that the others have. */
export type CallMethod = Exclude<Method, 'hello'>;
export type Handlers = {
  [M in CallMethod]: (caller: Caller, params: Params<M>) => Promise<Answer<Result<M>>>;
};

export interface Dispatch {
  /** Throws or rejects with what `toErrorBody` understands. Whoever calls writes the result, then runs `tell`. */
  call(caller: Caller, method: string, params: unknown): Promise<Answer<unknown>>;
}

export function createDispatch(handlers: Handlers, calls: Counters['calls']): Dispatch {
  return {
    call(caller, method, params) {
      if (!isMethod(method))
        throw new NatterError(
          'unknownMethod',
          `unable to call ${method.slice(0, 64)}: there is no such method`,
        );
      if (method === 'hello')
        throw new NatterError(
          'badRequest',
          'unable to call hello: it is the first call of a socket, and comes once',
        );
      calls[method] = (calls[method] ?? 0) + 1;
      return traced(method, () => {
        checkParams(method, params);
        const handler = handlers[method] as (
          caller: Caller,
          params: unknown,
        ) => Promise<Answer<unknown>>;
        return handler(caller, params);
      });
    },
  };
}

/** Refusals as they are; anything else is a fault of ours, told to the log and not to the caller. */
export function toErrorBody(error: unknown, log: Log, facts: object): ErrorBody {
  if (error instanceof NatterError) return error.toBody();
  log.error({ ...facts, error }, 'unable to answer a call: a fault of the server');
  return new NatterError(
    'internal',
    'unable to answer: the server has a fault; try again later',
  ).toBody();
}
