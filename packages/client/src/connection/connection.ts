/**
 * Owns the connection: runs the machine's effects, and tells its state to applications. Everything that can end a try
 * (socket, token, silence, a refused hello, a sync that failed) comes in here as one input of the table.
 */
import {
  backoffMs,
  closeAction,
  closeCodes,
  type ErrorBody,
  type HelloParams,
  type HelloResult,
  type NatterError,
  protocolVersion,
  type ServerEvent,
  unreachable,
} from '@natter/protocol';
import type { Connection, ConnectionSnapshot } from '../contract.ts';
import type { Environment, Runtime } from '../runtime/contract.ts';
import type { Batch } from '../store/batch.ts';
import { createStore, sameOr, type Telling } from '../store/store.ts';
import { asError, type Calls } from './calls.ts';
import { createIncoming } from './incoming.ts';
import { createLiveness } from './liveness.ts';
import { type Effect, type Input, next, type State } from './machine.ts';
import { openSocket, type Socket, type WebSocketConstructor } from './socket.ts';
import type { Tokens } from './tokens.ts';

export interface ConnectionOptions {
  url: string;
  WebSocket: WebSocketConstructor;
  runtime: Runtime;
  environment: Environment;
  telling: Telling;
  batch: Batch;
  calls: Calls;
  tokens: Tokens;
  maxAttempts: number;
  /** Awaited while the socket opens. */
  beforeHello(): Promise<void>;
  /** What `hello` says besides the token. */
  hello(): Omit<HelloParams, 'token' | 'protocol'>;
  /** `hello` was answered. Resolves when what was missed has been fetched. */
  onConnected(hello: HelloResult): Promise<void>;
  onLost(): void;
  onEvents(events: ServerEvent[]): void;
  /** A call that costs little: its answer shows that the other side is there. */
  probe(): void;
}

/** How long opening the socket, and then the answer to `hello`, may each take. */
const stageMs = 10_000;
/** For an answer once the browser says that it is offline. */
const offlineGraceMs = 2_000;

type OffReason = Extract<ConnectionSnapshot, { status: 'disconnected' }>['reason'];

const codesOfCloses: Readonly<Record<number, ErrorBody['code']>> = {
  [closeCodes.tokenExpired]: 'tokenExpired',
  [closeCodes.badFrame]: 'badFrame',
  [closeCodes.unsupportedVersion]: 'badRequest',
};

export interface ConnectionRoom {
  connection: Connection;
  /** Ask the other side now. */
  suspect(): void;
  stop(reason: OffReason, error: ErrorBody | null): void;
  dispose(): void;
}

export function createConnection(options: ConnectionOptions): ConnectionRoom {
  const { runtime, environment, telling, batch, calls, tokens } = options;
  const { clock, random } = runtime;

  let state: State = 'off';
  let off: { reason: OffReason; error: ErrorBody | null } = { reason: 'notStarted', error: null };
  /** Which try this is since the last sync; 0 for the first. */
  let attempt = 0;
  /** Least wait before the next try; null: at once. */
  let waitMs: number | null = 0;
  let retryAt: number | null = null;
  let cancelTimer = (): void => {};
  let cancelStage = (): void => {};
  let socket: Socket | null = null;
  let token = '';
  /** Why the last token was not taken; null once one was. */
  let refusal: ErrorBody | null = null;
  /** Which try an answer belongs to; an answer for an earlier one means nothing. */
  let round = 0;
  let disposed = false;

  const isOnline = (): boolean => environment.isOnline?.() !== false;
  const store = createStore<ConnectionSnapshot>(telling, { status: 'disconnected', ...off });

  const incoming = createIncoming({ answer: calls.answer, events: options.onEvents });
  const liveness = createLiveness({
    clock,
    probe: options.probe,
    onDead: () => fail(0),
  });

  function describe(): ConnectionSnapshot {
    switch (state) {
      case 'off':
        return { status: 'disconnected', ...off };
      case 'syncing':
        return { status: 'connected', synced: false };
      case 'synced':
        return { status: 'connected', synced: true };
      default:
        return attempt === 0
          ? { status: 'connecting' }
          : { status: 'reconnecting', attempt, retryAt, online: isOnline() };
    }
  }

  function tell(): void {
    store.set(sameOr(store.getSnapshot(), describe()));
  }

  function input(name: Input): void {
    if (disposed) return;
    const transition = next(state, name);
    if (transition === null) return;
    state = transition.to;
    batch.run(() => {
      for (const effect of transition.effects) effects[effect]();
      tell();
    });
  }

  function stop(reason: OffReason, error: ErrorBody | null): void {
    if (state === 'off') return;
    off = { reason, error };
    input('stop');
    calls.shut(error?.message ?? 'the client is disconnected; call connect() first');
  }

  /** This try is over; come back after `ms` and the backoff, or at once with null. */
  function fail(ms: number | null): void {
    waitMs = ms;
    input('lost');
  }

  function failBy(error: NatterError): void {
    if (error.retry === 'newToken') failByToken(error.toBody());
    else if (error.retry === 'later') fail(error.retryAfterMs ?? 0);
    else stop('refused', error.toBody());
  }

  function failByToken(error: ErrorBody): void {
    refusal = error;
    tokens.refuse(token);
    // At the end of a session that worked the new token is used at once; one refused at the door waits like any failure.
    fail(state === 'synced' ? null : 0);
  }

  function onEnd(code: number, reason: string): void {
    const action = closeAction(code, reason);
    switch (action.do) {
      case 'retry':
        fail(0);
        break;
      case 'retryAfter':
        fail(action.retryAfterMs);
        break;
      case 'newToken':
        failByToken({
          code: codesOfCloses[code] ?? 'unauthenticated',
          message: reason || `the server no longer takes the token (${code})`,
          retry: 'newToken',
        });
        break;
      case 'stop': {
        const message = reason || `the server refused the connection (${code})`;
        stop('refused', { code: codesOfCloses[code] ?? 'forbidden', message, retry: 'never' });
        break;
      }
      default:
        unreachable(action);
    }
  }

  function onFrames(texts: string[]): void {
    batch.run(() => {
      liveness.heard();
      try {
        if (!incoming.take(texts)) fail(0);
      } catch (error) {
        // A frame that no rule allows, or a fault of ours: nothing after it can be trusted, so it is fetched anew.
        environment.reportError?.(error);
        fail(0);
      }
    });
  }

  const effects: Record<Effect, () => void> = {
    fetchToken() {
      retryAt = null;
      calls.open();
      round += 1;
      const mine = round;
      tokens.get().then(
        (value) => {
          if (mine !== round || state !== 'token') return;
          if (value === null) return stop('signedOut', refusal);
          token = value;
          input('tokenReady');
        },
        () => {
          if (mine === round) fail(0);
        },
      );
    },
    openSocket() {
      stage();
      const mine = round;
      const open = (): void =>
        void options.beforeHello().then(() => mine === round && input('opened'));
      socket = openSocket(
        { WebSocket: options.WebSocket, url: options.url, clock },
        { open, frames: onFrames, end: onEnd },
      );
    },
    sendHello() {
      stage();
      incoming.keep();
      calls.attach((text) => socket?.send(text) ?? false);
      const mine = round;
      calls.urgent('hello', { token, protocol: protocolVersion, ...options.hello() }, (outcome) => {
        if (mine !== round || state !== 'greeting') return;
        if (!outcome.ok) return failBy(outcome.error);
        greet(outcome.result);
      });
    },
    settle() {
      attempt = 0;
    },
    drop() {
      round += 1;
      cancelStage();
      liveness.stop();
      incoming.drop();
      const hadSocket = socket !== null;
      socket?.drop();
      socket = null;
      calls.detach();
      if (hadSocket) options.onLost();
    },
    schedule() {
      attempt += 1;
      if (attempt > options.maxAttempts) {
        stop('gaveUp', {
          code: 'internal',
          message: `gave up after ${options.maxAttempts} tries; call reconnect() to go on`,
          retry: 'later',
        });
        return;
      }
      const delayMs = waitMs === null ? 0 : waitMs + backoffMs(attempt, random.fraction());
      retryAt = clock.now() + delayMs;
      cancelTimer();
      cancelTimer = clock.after(delayMs, () => input('due'));
    },
    cancelTimer: () => cancelTimer(),
    probe: () => liveness.suspect(),
  };

  /** Everything that depends on `hello` happens in one turn with it; what came too early follows. */
  function greet(hello: HelloResult): void {
    cancelStage();
    refusal = null;
    const mine = round;
    input('greeted');
    liveness.start(hello.heartbeatMs);
    const synced = options.onConnected(hello);
    // `onConnected` may have ended it: another person's token, for one.
    if (mine !== round) return void synced.catch(() => {});
    calls.ready();
    incoming.release();
    synced.then(
      () => mine === round && input('caughtUp'),
      (cause) => mine === round && fail(asError(cause).retryAfterMs ?? 0),
    );
  }

  function stage(): void {
    cancelStage();
    cancelStage = clock.after(stageMs, () => fail(0));
  }

  const undoSignals = environment.onSignal?.((signal) => {
    // Not closed on `offline` alone, which a browser also says where the server is on the same machine.
    if (signal === 'offline') {
      liveness.suspect(offlineGraceMs);
      batch.run(tell);
    } else if (signal !== 'hidden') {
      input('nudge');
    }
  });

  const connection: Connection = {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    connect() {
      attempt = state === 'off' ? 0 : attempt;
      input('start');
    },
    reconnect() {
      if (state === 'off') return connection.connect();
      if (state === 'waiting') attempt = Math.min(attempt, 1);
      input('nudge');
    },
    disconnect() {
      stop('stopped', null);
    },
  };

  return {
    connection,
    suspect: () => liveness.suspect(),
    /** Another person, or the application's own wish, with the reason. */
    stop,
    dispose() {
      if (disposed) return;
      stop('stopped', null);
      disposed = true;
      undoSignals?.();
      calls.shut('the client is disposed');
      tokens.dispose();
      store.dispose();
    },
  };
}
