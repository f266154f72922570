/** Holds the metrics of the running program, and what documents and the dashboard say of them. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog, systemClock, systemRandom } from '@natter/server';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Configuration, settingNames, settings } from './configuration/settings.ts';
import { type Program, startProgram } from './program.ts';
import { StartError } from './startError.ts';

const authSecret = 'a secret of thirty-two bytes, or more';
const root = new URL('../../../', import.meta.url);
let folder: string;
let program: Program;

function start(changes: Partial<Configuration>): Promise<Program> {
  const fallbacks = Object.fromEntries(settingNames.map((name) => [name, settings[name].fallback]));
  const configuration = { ...fallbacks, port: 0, authSecret, ...changes } as Configuration;
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  return startProgram(configuration, { runtime, webFolder: join(folder, 'no-web') });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-metrics-'));
  program = await start({ data: join(folder, 'data'), metricsPort: 0 });
}, 60_000);
afterAll(async () => {
  await program.stop(0);
  await rm(folder, { recursive: true, force: true });
});

/** `name` or `name{label="value"}` → value. */
async function scrape(): Promise<Map<string, number>> {
  const response = await fetch(program.metricsUrl ?? '');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n').filter((line) => /^[a-z]/.test(line));
  return new Map(
    lines.map((line) => {
      const at = line.lastIndexOf(' ');
      return [line.slice(0, at), Number(line.slice(at + 1))];
    }),
  );
}

const namesIn = (text: string) => new Set(text.match(/\b(natter|nodejs|process)_[a-z0-9_]+/g));

it('tells what people did, by counts that name none of them', async () => {
  const token = await new SignJWT({ name: 'Ada' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('ada-of-the-host')
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(authSecret));
  const before = await scrape();
  const socket = new WebSocket(`${program.url.replace('http', 'ws')}/v1/socket`);
  const answers: { id: number; error?: object }[] = [];
  const answered = (id: number) =>
    new Promise<void>((resolve) => {
      const look = () => answers.some((answer) => answer.id === id) && resolve();
      socket.addEventListener('message', look);
      look();
    });
  socket.addEventListener('message', ({ data }) => answers.push(JSON.parse(data as string)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const call = async (id: number, method: string, params: object) => {
    socket.send(JSON.stringify({ id, method, params }));
    await answered(id);
  };
  await call(1, 'hello', { token });
  const conversationId = '0197a000-0000-7000-8000-000000000001';
  const group = { id: conversationId, kind: 'group', name: 'Group', userIds: [] };
  await call(2, 'createConversation', group);
  const message = { id: '0197a000-0000-7000-8000-000000000002', conversationId, content: 'hush' };
  await call(3, 'sendMessage', message);
  await call(4, 'sendMessage', { ...message, id: 'no id' });

  const after = await scrape();
  const grown = (name: string) =>
    (after.get(name) ?? Number.NaN) - (before.get(name) ?? Number.NaN);
  expect(after.get('natter_connections')).toBe(1);
  expect(grown('natter_connections_opened_total')).toBe(1);
  expect(grown('natter_hellos_total{outcome="afresh"}')).toBe(1);
  expect(grown('natter_calls_total{method="sendMessage"}')).toBe(2);
  expect(grown('natter_refusals_total{code="badRequest"}')).toBe(1);
  expect(grown('natter_deliveries_total')).toBeGreaterThan(0);
  expect(grown('natter_outbound_bytes_total')).toBeGreaterThan(500);
  expect(grown('natter_commit_writes_sum')).toBeGreaterThanOrEqual(3);
  expect(grown('natter_commit_seconds_count')).toBe(grown('natter_commit_writes_count'));
  expect(after.get('natter_bus_connected')).toBe(1);
  expect(after.get('natter_draining')).toBe(0);

  // What was there before stays, and nothing was added: the number of series does not grow with what is done.
  expect([...after.keys()].filter((name) => name.startsWith('natter_'))).toEqual(
    [...before.keys()].filter((name) => name.startsWith('natter_')),
  );
  expect([...after.keys()].join()).not.toMatch(/ada|hush|0197a000/);
  socket.close();
});

it('tells it where it is asked, and nothing else, and not on the port of the chat', async () => {
  const { metricsUrl, url } = program;
  expect((await fetch(`${metricsUrl}?x=1`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(metricsUrl ?? '', { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${metricsUrl}/../`)).status).toBe(404);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
});

it('every expression of the dashboard names metrics that exist', async () => {
  const told = new Set([...(await scrape()).keys()].map((name) => name.split('{')[0]));
  const dashboard = readFileSync(new URL('deploy/grafana/natter.json', root), 'utf8');
  const expressions = [...dashboard.matchAll(/"(?:expr|definition)": "((?:[^"\\]|\\.)*)"/g)];
  expect(expressions.length).toBeGreaterThan(20);
  for (const [, expression = ''] of expressions) {
    const names = namesIn(expression);
    expect(names.size, expression).toBeGreaterThan(0);
    for (const name of names) expect(told, expression).toContain(name);
  }
});

it('the documents name every metric of Natter, and none that does not exist', async () => {
  const text = await (await fetch(program.metricsUrl ?? '')).text();
  const told = [...text.matchAll(/^# TYPE (natter_\w+)/gm)].map(([, name]) => name);
  const documents = readFileSync(new URL('docs/metrics.md', root), 'utf8');
  const named = [...documents.matchAll(/`(natter_\w+)/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(told.sort());
});

it('a port for metrics that is in use is named, and the program leaves nothing open', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const data = join(folder, 'taken');
  const starting = start({ data, metricsPort: port });
  await expect(starting).rejects.toThrow(StartError);
  await expect(starting).rejects.toThrow(/set NATTER_METRICS_PORT to another number/);
  other.close();
  await (await start({ data })).stop(0);
}, 60_000);
