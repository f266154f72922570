/**
 * Owns what the connection does next: every state, every input, as a table. What is not in a row changes nothing.
 * Only `waiting` has a timer and only its own rows leave it, so one loss is one reconnect.
 */
export type State = 'off' | 'token' | 'opening' | 'greeting' | 'syncing' | 'synced' | 'waiting';

export type Input =
  /** The application wants to be connected. */
  | 'start'
  /** The application no longer wants to, or must not: stopped, signed out, refused, gave up. */
  | 'stop'
  | 'tokenReady'
  | 'opened'
  /** `hello` was answered. */
  | 'greeted'
  /** What was missed has been fetched. */
  | 'caughtUp'
  /** This try or this connection is over: closed, silent, timed out, no token. */
  | 'lost'
  /** The wait is over. */
  | 'due'
  /** Online again, visible again, or asked to. */
  | 'nudge';

export type Effect =
  | 'fetchToken'
  | 'openSocket'
  | 'sendHello'
  | 'settle'
  | 'drop'
  | 'schedule'
  | 'cancelTimer'
  | 'probe';

export interface Transition {
  to: State;
  effects: readonly Effect[];
}

const stop: Transition = { to: 'off', effects: ['drop'] };
const lost: Transition = { to: 'waiting', effects: ['drop', 'schedule'] };

export const machine: Readonly<Record<State, Readonly<Partial<Record<Input, Transition>>>>> = {
  off: { start: { to: 'token', effects: ['fetchToken'] } },
  token: { stop, lost, tokenReady: { to: 'opening', effects: ['openSocket'] } },
  opening: { stop, lost, opened: { to: 'greeting', effects: ['sendHello'] } },
  greeting: { stop, lost, greeted: { to: 'syncing', effects: [] } },
  syncing: {
    stop,
    lost,
    caughtUp: { to: 'synced', effects: ['settle'] },
    nudge: { to: 'syncing', effects: ['probe'] },
  },
  synced: { stop, lost, nudge: { to: 'synced', effects: ['probe'] } },
  waiting: {
    stop: { to: 'off', effects: ['cancelTimer', 'drop'] },
    due: { to: 'token', effects: ['fetchToken'] },
    nudge: { to: 'token', effects: ['cancelTimer', 'fetchToken'] },
  },
};

/** Null: this input means nothing in this state. */
export function next(state: State, input: Input): Transition | null {
  return machine[state][input] ?? null;
}
