/** Holds the traces to what a host is told of them, with the real SDK in the real program and a collector beside it. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { leave, newGroup, newId, newPerson } from './people.ts';
import { type Program, startProgram, temporaryFolder } from './program.ts';
import { secret } from './topology.ts';

const registering = fileURLToPath(new URL('../services/tracing.ts', import.meta.url));

interface Span {
  name: string;
  attributes: { key: string; value: { stringValue?: string } }[];
  status: { code?: number };
}

let program: Program;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
const received: string[] = [];
const collector = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  received.push(body);
  response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  collector.emit('spans');
});

beforeAll(async () => {
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  folder = await temporaryFolder();
  program = await startProgram(folder.path, {
    NATTER_AUTH_SECRET: secret,
    NODE_OPTIONS: `--import=${registering}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  });
});
afterAll(async () => {
  leave();
  await program.stop();
  await folder.remove();
  collector.close();
});

test('each call is a span that tells how it was refused, and nothing of who called or what was said', async () => {
  const ada = await newPerson(() => program.url, 'Ada');
  const eve = await newPerson(() => program.url, 'Eve');
  const group = await newGroup(ada, []);
  const socket = await ada.connect();
  const message = { id: newId<never>(), conversationId: group, content: 'for nobody else' };
  await socket.call('sendMessage', message);
  await eve.refused('sendMessage', { ...message, id: newId() });

  const refused = await span('sendMessage', true);
  expect(await span('hello', false)).toBeDefined();
  expect(await span('sendMessage', false)).toMatchObject({ status: { code: 0 } });
  expect(refused.attributes).toContainEqual({
    key: 'error.type',
    value: { stringValue: 'notMember' },
  });
  const all = received.join();
  for (const told of [ada.id, eve.id, group, message.id, message.content, ada.token])
    expect(all).not.toContain(told);
});

/** Waits for it. */
async function span(name: string, isRefused: boolean): Promise<Span> {
  for (;;) {
    const found = received
      .flatMap((body) => JSON.parse(body).resourceSpans)
      .flatMap(({ scopeSpans }) => scopeSpans)
      .flatMap(({ spans }) => spans as Span[])
      .find(
        (each) =>
          each.name === name &&
          each.attributes.some(({ key }) => key === 'error.type') === isRefused,
      );
    if (found !== undefined) return found;
    await once(collector, 'spans');
  }
}
