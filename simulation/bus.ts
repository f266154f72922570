/**
 * Owns the bus between the nodes: it takes time, loses, repeats, cuts one node off, and only sometimes says so. Order
 * is kept per publisher and topic, and by nothing else. A node hears itself at once, as with any bus of ours.
 */
import { type Bus, createMemoryBus, type Topic } from '@natter/server';
import type { Chance } from './random.ts';
import type { Time } from './time.ts';

/** Where a node dies while it tells: before the nth message. */
export interface BusPort extends Bus {
  /** At the `nth` durable message from now on, instead of it. */
  armCrash(nth: number): void;
  /** Nothing is told or heard any more. */
  shut(): void;
  /** Subscriptions by the first part of the topic. */
  subscriptions(kind: string): number;
}

export interface Hub {
  open(deps: { onError: (error: unknown) => void; onCrash: () => void }): BusPort;
  /** Cuts off the nth port that is open, on a poor bus mostly all of them; false when there is none. */
  cutOff(nth: number): boolean;
  /** Ends all cuts; told to those concerned by `told`. */
  join(told: boolean): void;
  /** Loses and repeats nothing any more. */
  heal(): void;
  /** Most that were on their way at one time. */
  readonly underWayMost: number;
  readonly lost: number;
}

interface Inner {
  tell(topic: Topic, payload: Uint8Array): void;
  gap(): void;
  isCut: boolean;
  hasMissed: boolean;
  isOpen: boolean;
  lastAt: Map<string, number>;
}

/** `poor`: loses and repeats far more, and mostly all nodes are cut off from one another at once, as when a broker dies. */
export type BusQuality = 'whole' | 'lossy' | 'poor';

const lossRates = { lossy: [0.03, 0.15], poor: [0.15, 0.5] } as const;
const repeatRates = { whole: 0, lossy: 0.03, poor: 0.3 } as const;

export function createHub(time: Time, chance: Chance, quality: BusQuality): Hub {
  const lossRate = quality === 'whole' ? 0 : (chance.pick(lossRates[quality]) ?? 0);
  const repeatRate = repeatRates[quality];
  const inners = new Set<Inner>();
  let underWay = 0;
  let underWayMost = 0;
  let lost = 0;
  let healed = false;

  function carry(from: Inner, to: Inner, topic: Topic, payload: Uint8Array): void {
    const fails = !healed && chance.happens(lossRate);
    if (from.isCut || to.isCut || fails) {
      lost += 1;
      if (!fails) to.hasMissed = true;
      // Some losses are noticed.
      else if (chance.happens(0.2)) time.after(chance.whole(0, 500), () => to.isOpen && to.gap());
      return;
    }
    const times = repeatRate > 0 && !healed && chance.happens(repeatRate) ? 2 : 1;
    for (let count = 0; count < times; count++) {
      const delayMs = chance.happens(0.9) ? chance.whole(0, 20) : chance.whole(0, 400);
      const at = Math.max(from.lastAt.get(topic) ?? 0, time.now() + delayMs);
      from.lastAt.set(topic, at);
      underWay += 1;
      underWayMost = Math.max(underWayMost, underWay);
      time.after(at - time.now(), () => {
        underWay -= 1;
        if (to.isOpen) to.tell(topic, payload);
      });
    }
  }

  return {
    open({ onError, onCrash }) {
      const own = createMemoryBus({ onError });
      const gapListeners = new Set<() => void>();
      const counts = new Map<string, number>();
      let crashAt: number | null = null;
      const inner: Inner = {
        tell: own.publish,
        gap() {
          for (const listener of [...gapListeners]) listener();
        },
        isCut: false,
        hasMissed: false,
        isOpen: true,
        lastAt: new Map(),
      };
      inners.add(inner);
      function shut(): void {
        inner.isOpen = false;
        inners.delete(inner);
        void own.close();
      }
      return {
        publish(topic, payload) {
          time.touch();
          if (!inner.isOpen) return;
          const isDurable = topic.startsWith('conversation.') || topic.startsWith('user.');
          if (isDurable && crashAt !== null && --crashAt === 0) {
            crashAt = null;
            onCrash();
            return;
          }
          own.publish(topic, payload);
          const copy = Uint8Array.from(payload);
          for (const other of inners) if (other !== inner) carry(inner, other, topic, copy);
        },
        subscribe(topic, receive) {
          const kind = topic.slice(0, topic.indexOf('.'));
          counts.set(kind, (counts.get(kind) ?? 0) + 1);
          const undo = own.subscribe(topic, receive);
          let active = true;
          return () => {
            if (active) counts.set(kind, (counts.get(kind) ?? 0) - 1);
            active = false;
            undo();
          };
        },
        subscribed: () => null,
        // A cut is not noticed until it is told of.
        get isConnected() {
          return inner.isOpen;
        },
        onGap(listener) {
          gapListeners.add(listener);
          const undo = own.onGap(listener);
          return () => {
            gapListeners.delete(listener);
            undo();
          };
        },
        async close() {
          shut();
        },
        armCrash(nth) {
          crashAt = nth;
        },
        shut,
        subscriptions: (kind) => counts.get(kind) ?? 0,
      };
    },
    cutOff(nth) {
      const inner = [...inners][nth % Math.max(1, inners.size)];
      if (inner === undefined || inner.isCut) return false;
      const isBroker = quality === 'poor' && chance.happens(0.6);
      for (const each of isBroker ? inners : [inner]) each.isCut = true;
      return true;
    },
    join(told) {
      for (const inner of inners) {
        const concerned = inner.isCut || inner.hasMissed;
        inner.isCut = false;
        inner.hasMissed = false;
        if (concerned && told) inner.gap();
      }
    },
    heal() {
      healed = true;
    },
    get underWayMost() {
      return underWayMost;
    },
    get lost() {
      return lost;
    },
  };
}
