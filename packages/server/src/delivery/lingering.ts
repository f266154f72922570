/**
 * Owns who stays known on this node for a while after their last socket closed: whoever comes back after a blink is
 * followed already, and the price of that resume does not depend on how many conversations they have. Bounded by what
 * is followed for nobody; who left longest ago goes first.
 */
import type { Clock } from '../runtime/contract.ts';
import type { LocalUser } from './roster.ts';

const lingerMs = 60_000;
const followsMax = 500_000;
const usersMax = 10_000;

export interface Lingering {
  /** Their last socket has closed. */
  begin(user: LocalUser): void;
  /** They are back, or gone for good. */
  end(user: LocalUser): void;
}

export function createLingering(clock: Clock, forget: (user: LocalUser) => void): Lingering {
  /** In the order of leaving. */
  const users = new Map<LocalUser, { follows: number; undo: () => void }>();
  let follows = 0;

  function end(user: LocalUser): void {
    const entry = users.get(user);
    if (entry === undefined) return;
    users.delete(user);
    follows -= entry.follows;
    entry.undo();
  }

  return {
    begin(user) {
      end(user);
      const undo = clock.after(lingerMs, () => forget(user));
      users.set(user, { follows: user.follows.length, undo });
      follows += user.follows.length;
      while (follows > followsMax || users.size > usersMax) {
        const [oldest] = users.keys();
        if (oldest === undefined) break;
        forget(oldest);
      }
    },
    end,
  };
}
