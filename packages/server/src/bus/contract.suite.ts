/** Owns what every bus must do. Each adapter runs this same suite. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Bus, Topic } from './contract.ts';

export function describeBus(name: string, open: () => Promise<Bus>): void {
  describe(`bus: ${name}`, () => {
    let bus: Bus;
    beforeEach(async () => {
      bus = await open();
    });
    afterEach(() => bus.close());

    const bytes = (text: string) => new TextEncoder().encode(text);
    const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
    /** Collects what a topic tells. */
    function listen(topic: Topic) {
      const heard: string[] = [];
      const stop = bus.subscribe(topic, (payload) => heard.push(text(payload)));
      return { heard, stop };
    }

    it('[REPAIR4] each subscriber of a topic gets each message, the publisher’s own too', async () => {
      const [first, second] = [listen('conversation.a'), listen('conversation.a')];
      bus.publish('conversation.a', bytes('hello'));
      await vi.waitFor(() => expect([first.heard, second.heard]).toEqual([['hello'], ['hello']]));
    });

    it('[ORDER5] the messages of one publisher on one topic come in their order', async () => {
      const { heard } = listen('conversation.a');
      const sent = Array.from({ length: 500 }, (_, at) => `${at}`);
      for (const each of sent) bus.publish('conversation.a', bytes(each));
      await vi.waitFor(() => expect(heard).toEqual(sent));
    });

    it('[ORDER5] what a subscriber publishes while it is told comes after, for everybody', async () => {
      const before = listen('conversation.a');
      bus.subscribe('conversation.a', (payload) => {
        if (text(payload) === 'question') bus.publish('conversation.a', bytes('answer'));
      });
      const after = listen('conversation.a');
      bus.publish('conversation.a', bytes('question'));
      await vi.waitFor(() => {
        expect(before.heard).toEqual(['question', 'answer']);
        expect(after.heard).toEqual(['question', 'answer']);
      });
    });

    it('[REPAIR4] a topic tells nothing of another', async () => {
      const others = (['conversation.b', 'user.a', 'typing.a', 'presence.a'] as const).map(listen);
      const { heard } = listen('conversation.a');
      bus.publish('conversation.a', bytes('x'));
      await vi.waitFor(() => expect(heard).toEqual(['x']));
      expect(others.flatMap((other) => other.heard)).toEqual([]);
    });

    it('[REPAIR4] one function may take several topics: it is told which', async () => {
      const heard: string[] = [];
      const receive = (payload: Uint8Array, topic: Topic) =>
        heard.push(`${topic} ${text(payload)}`);
      bus.subscribe('user.a', receive);
      bus.subscribe('user.b', receive);
      bus.publish('user.b', bytes('1'));
      bus.publish('user.a', bytes('2'));
      await vi.waitFor(() => expect(heard.toSorted()).toEqual(['user.a 2', 'user.b 1']));
    });

    it('[REPAIR4] whoever unsubscribed hears no more, the others do; undoing twice is harmless', async () => {
      const [gone, stays] = [listen('user.a'), listen('user.a')];
      gone.stop();
      gone.stop();
      bus.publish('user.a', bytes('x'));
      await vi.waitFor(() => expect(stays.heard).toEqual(['x']));
      expect(gone.heard).toEqual([]);
    });

    it('[REPAIR4] the same function subscribed twice is called twice, and undone one at a time', async () => {
      const heard: string[] = [];
      const receive = (payload: Uint8Array) => void heard.push(text(payload));
      const stop = bus.subscribe('user.a', receive);
      bus.subscribe('user.a', receive);
      bus.publish('user.a', bytes('1'));
      await vi.waitFor(() => expect(heard).toEqual(['1', '1']));
      stop();
      bus.publish('user.a', bytes('2'));
      await vi.waitFor(() => expect(heard).toEqual(['1', '1', '2']));
    });

    it('[REPAIR4] unsubscribing inside a call holds at once', async () => {
      const heard: string[] = [];
      const stops: (() => void)[] = [];
      for (let at = 0; at < 2; at++) {
        const stop = bus.subscribe('user.a', (payload) => {
          heard.push(text(payload));
          for (const each of stops) each();
        });
        stops.push(stop);
      }
      const { heard: other } = listen('user.a');
      bus.publish('user.a', bytes('1'));
      bus.publish('user.a', bytes('2'));
      await vi.waitFor(() => expect(other).toEqual(['1', '2']));
      expect(heard).toEqual(['1']);
    });

    it('[REPAIR4] bytes come as they were sent', async () => {
      const heard: number[][] = [];
      bus.subscribe('user.a', (payload) => heard.push([...payload]));
      const payload = Uint8Array.from({ length: 256 }, (_, at) => at);
      bus.publish('user.a', payload);
      bus.publish('user.a', new Uint8Array());
      await vi.waitFor(() => expect(heard).toEqual([[...payload], []]));
    });

    it('[REPAIR4] one subscriber that throws keeps no other from its message', async () => {
      bus.subscribe('user.a', () => {
        throw new Error('a fault of a subscriber');
      });
      const { heard } = listen('user.a');
      bus.publish('user.a', bytes('1'));
      bus.publish('user.a', bytes('2'));
      await vi.waitFor(() => expect(heard).toEqual(['1', '2']));
    });

    it('[HELLO4] what is published once subscriptions have settled is told', async () => {
      const { heard } = listen('user.a');
      await bus.subscribed();
      bus.publish('user.a', bytes('x'));
      await vi.waitFor(() => expect(heard).toEqual(['x']));
      expect(bus.subscribed()).toBeNull();
    });

    it('[HEADS8] it says that it is connected, until it is closed', async () => {
      expect(bus.isConnected).toBe(true);
      await bus.close();
      expect(bus.isConnected).toBe(false);
      expect(bus.subscribed()).toBeNull();
    });

    it('[REPAIR4] after closing nothing is told, publishing is harmless, and so is closing again', async () => {
      const { heard, stop } = listen('user.a');
      await bus.close();
      bus.publish('user.a', bytes('x'));
      await bus.close();
      stop();
      expect(heard).toEqual([]);
    });
  });
}
