import { describe, expect, it } from 'vitest';
import { type Input, machine, next, type State } from './machine.ts';

/** The whole table once more, in the words of the rules; anything not named changes nothing. */
const expected: Record<State, Record<string, string>> = {
  off: { start: 'token fetchToken' },
  token: { stop: 'off drop', lost: 'waiting drop schedule', tokenReady: 'opening openSocket' },
  opening: { stop: 'off drop', lost: 'waiting drop schedule', opened: 'greeting sendHello' },
  greeting: { stop: 'off drop', lost: 'waiting drop schedule', greeted: 'syncing' },
  syncing: {
    stop: 'off drop',
    lost: 'waiting drop schedule',
    caughtUp: 'synced settle',
    nudge: 'syncing probe',
  },
  synced: { stop: 'off drop', lost: 'waiting drop schedule', nudge: 'synced probe' },
  waiting: {
    stop: 'off cancelTimer drop',
    due: 'token fetchToken',
    nudge: 'token cancelTimer fetchToken',
  },
};

const states = Object.keys(expected) as State[];
const inputs: readonly Input[] = [
  'start',
  'stop',
  'tokenReady',
  'opened',
  'greeted',
  'caughtUp',
  'lost',
  'due',
  'nudge',
];

describe('the connection machine', () => {
  for (const state of states) {
    for (const input of inputs) {
      it(`[CLIENT1] ${state} × ${input} is as the table says`, () => {
        const transition = next(state, input);
        const said =
          transition === null ? undefined : [transition.to, ...transition.effects].join(' ');
        expect(said).toBe(expected[state][input]);
      });
    }
  }

  it('[CLIENT6] only entering `waiting` schedules, and `lost` in `waiting` means nothing', () => {
    for (const state of states) {
      for (const input of inputs) {
        const transition = next(state, input);
        expect(transition?.effects.includes('schedule') ?? false).toBe(
          transition?.to === 'waiting',
        );
      }
    }
    expect(next('waiting', 'lost')).toBeNull();
  });

  it('[CLIENT2] only `greeted` leads to connected, and only from the state that waits for hello', () => {
    for (const state of states) {
      for (const input of inputs) {
        if (next(state, input)?.to === 'syncing' && state !== 'syncing')
          expect([state, input]).toEqual(['greeting', 'greeted']);
      }
    }
  });

  it('every way out of `off` begins with `start`', () => {
    expect(Object.keys(machine.off)).toEqual(['start']);
  });
});
