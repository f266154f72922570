import { afterEach, expect, test } from 'vitest';
import { createMovableClock } from '../../test/clock.ts';
import { startWorld, type World } from '../../test/world.ts';
import { createMemoryBus } from '../bus/memory/memory.ts';
import { createHealth, databaseMsMax } from './health.ts';

const worlds: World[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

async function open(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const world = await startWorld(options);
  worlds.push(world);
  return world;
}

async function probe(world: World, path: string) {
  const response = await fetch(world.url + path);
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, body: await response.json() };
}

const ready = { status: 'ready', database: 'ok', bus: 'ok', draining: false };

test('[HTTP6] a server that lives and may be sent clients says so, at the root and under /v1', async () => {
  const world = await open();
  for (const root of ['/health', '/v1/health']) {
    expect(await probe(world, `${root}/live`)).toEqual({ status: 200, body: { status: 'live' } });
    expect(await probe(world, `${root}/ready`)).toEqual({ status: 200, body: ready });
  }
  expect((await fetch(`${world.url}/health/other`)).status).toBe(404);
});

test('[HTTP6] a database that fails is named, and is asked again a second later', async () => {
  const world = await open();
  const { resumePoint } = world.storage;
  world.storage.resumePoint = () => Promise.reject(new Error('the password is hush'));
  const notReady = { status: 503, body: { ...ready, status: 'notReady', database: 'failed' } };
  expect(await probe(world, '/health/ready')).toEqual(notReady);
  expect((await probe(world, '/health/live')).status).toBe(200);

  world.storage.resumePoint = resumePoint;
  world.clock.advance(1_000);
  expect((await probe(world, '/health/ready')).status).toBe(200);
});

test('[HTTP6] a database that does not answer is named, and however many ask, it is asked once', async () => {
  const clock = createMovableClock();
  let asked = 0;
  const health = createHealth({
    storage: {
      resumePoint() {
        asked += 1;
        return new Promise(() => {});
      },
    },
    bus: { isConnected: true },
    clock,
    isDraining: () => false,
  });
  const answers = [health.readiness(), health.readiness(), health.readiness()];
  clock.advance(databaseMsMax);
  for (const answer of answers)
    expect(await answer).toEqual({ ...ready, status: 'notReady', database: 'silent' });
  expect(asked).toBe(1);
});

test('[HTTP6] a bus that is away is named', async () => {
  const memory = createMemoryBus();
  let isConnected = true;
  const bus = {
    ...memory,
    get isConnected() {
      return isConnected;
    },
  };
  const world = await open({ bus });
  isConnected = false;
  const away = { ...ready, status: 'notReady', bus: 'disconnected' };
  expect(await probe(world, '/health/ready')).toEqual({ status: 503, body: away });
  isConnected = true;
  expect((await probe(world, '/health/ready')).status).toBe(200);
});

test('[HTTP6] probes do not count against the rate of their address', async () => {
  const world = await open({ rates: { address: { perSecond: 0.001, burst: 1 } } });
  for (const status of [200, 200, 429])
    expect((await fetch(`${world.url}/v1/openapi.json`)).status).toBe(status);
  for (const path of ['/health', '/health/live', '/health/ready'])
    expect((await probe(world, path)).status).toBe(200);
});
