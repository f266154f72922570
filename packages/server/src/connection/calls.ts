/**
 * Owns the calls of an open socket: their pace, how many may await an answer, and that the reply is written before
 * what the call changed is told.
 */
import { closeCodes, NatterError } from '@natter/protocol';
import type { Caller } from '../auth/caller.ts';
import type { Answer } from '../delivery/answer.ts';
import type { Dispatch } from '../dispatch/dispatch.ts';
import type { InFlight } from '../dispatch/inFlight.ts';
import { pageMethods } from '../dispatch/pages.ts';
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

/** The socket whose calls they are. */
export interface CallsSocket {
  readonly connectionId: string;
  readonly address: string;
  send(frame: object): void;
  sendPage(frame: object): void;
  refuse(id: number | null, error: unknown): void;
  close(code: number, reason: string): void;
  /** Calls once what was written before has been read, for the most part. */
  whenRead(call: () => void): void;
}

/** Refusals for pace, one after the other, before the socket is closed; and how long it stays away then at least. */
const refusedInRowMax = 200;
const awayMsMin = 10_000;
const pagesAtOnceMax = 4;

/** Never pushed to. */
const none: (() => void)[] = [];

/** A class, for there is one for each socket. */
export class Calls {
  private readonly deps: CallsDeps;
  private readonly caller: Caller;
  private readonly socket: CallsSocket;
  private unanswered = 0;
  private refusedInRow = 0;
  /** Bounded by the calls that may await their answer. */
  private pages = none;
  private pagesUnderWay = 0;
  private onFinished: (() => void) | null = null;

  constructor(deps: CallsDeps, caller: Caller, socket: CallsSocket) {
    this.deps = deps;
    this.caller = caller;
    this.socket = socket;
  }

  receive(id: number, method: string, params: unknown): void {
    if (this.admit(id, costOf(method, params))) this.begin(id, method, params);
  }

  /** A frame that is no call counts as one. */
  refuse(id: number | null, error: NatterError): void {
    if (this.admit(id, 1)) this.socket.refuse(id, error);
  }

  /** Takes no more calls, and calls once those under way are answered. */
  finish(finished: () => void): void {
    this.onFinished = finished;
    if (this.unanswered === 0) finished();
  }

  /** Null when it may begin. */
  private decide(cost: number): NatterError | null {
    const { buckets, callsInFlightMax, isFinishing } = this.deps;
    const { connectionId, address } = this.socket;
    const waitMs = Math.max(
      buckets.socket.take(connectionId, cost),
      buckets.user.take(this.caller.userId, cost),
      buckets.address.take(address, cost),
    );
    if (waitMs > 0) return refusal('rateLimited', 'you call too often; wait, then go on', waitMs);
    if (isFinishing() || this.onFinished !== null)
      return refusal('draining', 'this server is about to stop; reconnect', 1_000);
    if (this.unanswered < callsInFlightMax) return null;
    return refusal(
      'overloaded',
      'too many of your calls await their answer; wait, then go on',
      250,
    );
  }

  /** What comes too fast or too much is refused here. */
  private admit(id: number | null, cost: number): boolean {
    const error = this.decide(cost);
    if (error === null) {
      this.refusedInRow = 0;
      return true;
    }
    this.socket.refuse(id, error);
    this.refusedInRow = error.code === 'rateLimited' ? this.refusedInRow + 1 : 0;
    if (this.refusedInRow > refusedInRowMax)
      this.socket.close(
        closeCodes.rateLimited,
        String(Math.max(error.retryAfterMs ?? 0, awayMsMin)),
      );
    return false;
  }

  private begin(id: number, method: string, params: unknown): void {
    this.unanswered += 1;
    const end = this.deps.inFlight.begin();
    const isPage = pageMethods.has(method);
    const settled = () => {
      this.unanswered -= 1;
      end();
      if (isPage) {
        this.pagesUnderWay -= 1;
        this.nextPage();
      }
      if (this.unanswered === 0) this.onFinished?.();
    };
    const answered = ({ result, tell }: Answer<unknown>) => {
      if (isPage) this.socket.sendPage({ id, result });
      else this.socket.send({ id, result });
      settled();
      tell?.();
    };
    const failed = (error: unknown) => {
      this.socket.refuse(id, error);
      settled();
    };
    const run = () => this.call(method, params, answered, failed);
    if (isPage) this.addPage(run);
    else run();
  }

  /** A page can be large: the next one is read when the reader has kept up, so that replies cannot fill the memory. */
  private addPage(read: () => void): void {
    if (this.pages.length === 0) this.pages = [read];
    else this.pages.push(read);
    this.nextPage();
  }

  private nextPage(): void {
    if (this.pages.length === 0 || this.pagesUnderWay >= pagesAtOnceMax) return;
    this.pagesUnderWay += 1;
    this.socket.whenRead(() => {
      const read = this.pages.shift();
      if (read === undefined) this.pagesUnderWay -= 1;
      else read();
    });
  }

  private call(
    method: string,
    params: unknown,
    answered: (answer: Answer<unknown>) => void,
    failed: (error: unknown) => void,
  ): void {
    const { dispatch, runtime } = this.deps;
    try {
      dispatch
        .call(this.caller, method, params)
        .then(answered, failed)
        .catch((error: unknown) => {
          runtime.log.error({ error, method }, 'unable to tell what a call changed');
        });
    } catch (error) {
      failed(error);
    }
  }
}

function refusal(
  code: 'rateLimited' | 'draining' | 'overloaded',
  because: string,
  retryAfterMs: number,
): NatterError {
  return new NatterError(code, `unable to call: ${because}`, { retryAfterMs });
}
