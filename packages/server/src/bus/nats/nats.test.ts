import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type NatsServer, natsProgram, startNats } from '../../../../../tests/services/nats.ts';
import type { Runtime } from '../../runtime/contract.ts';
import { silentLog, systemClock, systemRandom } from '../../runtime/system.ts';
import { describeBus } from '../contract.suite.ts';
import type { Bus, Topic } from '../contract.ts';
import { openNats } from './nats.ts';

const runtime: Runtime = { clock: systemClock, random: systemRandom, log: silentLog };
const patient = { timeout: 10_000, interval: 20 };
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (payload: Uint8Array) => new TextDecoder().decode(payload);

function listen(bus: Bus, topic: Topic) {
  const heard: string[] = [];
  const stop = bus.subscribe(topic, (payload) => void heard.push(text(payload)));
  return { heard, stop };
}

describe.skipIf(natsProgram === undefined)('on a real NATS', () => {
  let nats: NatsServer;
  const open: Bus[] = [];
  beforeAll(async () => {
    nats = await startNats();
  });
  afterAll(() => nats.stop());
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close();
  });

  async function openBus(url = nats.url): Promise<Bus> {
    const bus = await openNats({ url, runtime });
    open.push(bus);
    return bus;
  }

  describeBus('nats', () => openNats({ url: nats.url, runtime }));

  describe('two nodes', () => {
    let [a, b]: Bus[] = [];
    beforeEach(async () => {
      [a, b] = [await openBus(), await openBus()];
    });

    it('[ORDER5] what one publishes comes to the other once and in order, and to itself once', async () => {
      const [own, other] = [listen(a as Bus, 'user.x'), listen(b as Bus, 'user.x')];
      await b?.subscribed();
      const sent = Array.from({ length: 1_000 }, (_, at) => `${at}`);
      for (const each of sent) a?.publish('user.x', bytes(each));
      expect(own.heard).toEqual(sent);
      await vi.waitFor(() => expect(other.heard).toHaveLength(sent.length), patient);
      expect(other.heard).toEqual(sent);
    });
  });
});
