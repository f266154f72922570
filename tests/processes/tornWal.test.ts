/** Holds what is left when the end of the write-ahead log is torn: behind the last commit nothing is lost, within it the past is whole. */
import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import type { ConversationId, MessageId } from '@natter/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createChance } from '../../simulation/random.ts';
import { newGroup, newId, newPerson, type Person, post } from '../conformance/people.ts';
import { temporaryFolder } from '../conformance/program.ts';
import { wrongs } from './judge.ts';
import { launch, runProgram } from './server.ts';
import { checkFile, readFile } from './truth.ts';
import { readWal } from './wal.ts';
import { createWorld } from './world.ts';

const seed = 4_711;
const messages = 40;
/** Before this many frames SQLite copies nothing of the log into the file. */
const framesMax = 1_000;

const acknowledged: MessageId[] = [];
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let original: string;
let ada: Person;
let group: ConversationId;
let copies = 0;

beforeAll(async () => {
  folder = await temporaryFolder();
  original = `${folder.path}/original`;
  const server = await launch({ data: original });
  await server.ready;
  ada = await newPerson(() => server.url, 'Ada');
  group = await newGroup(ada, []);
  for (let at = 0; at < messages; at++)
    acknowledged.push((await ada.say(group, `message ${at}`)).id);
  await server.kill();
});
afterAll(() => folder.remove());

function copy(): string {
  copies += 1;
  const path = `${folder.path}/copy-${copies}`;
  cpSync(original, path, { recursive: true });
  // The log's index is memory, which a power cut leaves nothing of.
  rmSync(`${path}/natter.db-shm`, { force: true });
  return path;
}

/** Starts the program on it, and sends one more: how many messages it had, all of them the first ones. */
async function open(data: string): Promise<number> {
  const server = await launch({ data });
  try {
    await server.ready;
    const before = readFile(data).get(group);
    const stored = before?.rows.map(({ id }) => id) ?? [];
    expect(stored).toEqual(acknowledged.slice(0, stored.length));
    expect(before?.lastSeq ?? 0).toBe(stored.length);
    const sent = { id: newId<MessageId>(), conversationId: group, content: 'one more' };
    const { status, body } = await post(server.url, 'sendMessage', sent, ada.token);
    if (before === undefined) expect(status).toBe(403);
    else expect(body).toMatchObject({ seq: stored.length + 1, version: before.version + 1 });
    expect(checkFile(data)).toEqual([]);
    return stored.length;
  } finally {
    await server.kill();
  }
}

test.each(['half a frame', 'a whole frame with one bit wrong', 'bytes of no meaning'])(
  '[SEND1][ORDER1] behind the last commit %s: all that was acknowledged is there, and it goes on',
  async (what) => {
    const data = copy();
    const { path, frameBytes, commitEnds } = readWal(data);
    const end = commitEnds.at(-1) ?? 0;
    const bytes = readFileSync(path).subarray(0, end);
    const frame = Buffer.from(bytes.subarray(end - frameBytes));
    frame[frameBytes - 1] = (frame[frameBytes - 1] ?? 0) ^ 1;
    const chance = createChance(seed);
    const tails: Record<string, Uint8Array> = {
      'half a frame': frame.subarray(0, frameBytes / 2),
      'a whole frame with one bit wrong': frame,
      'bytes of no meaning': chance.bytes(10_000),
    };
    writeFileSync(path, Buffer.concat([bytes, tails[what] ?? Buffer.alloc(0)]));
    expect(await open(data)).toBe(messages);
  },
);

test(`[ORDER1] a tear within what was acknowledged leaves an earlier moment, whole (seed ${seed})`, async () => {
  const chance = createChance(seed);
  const kept: number[] = [];
  for (const how of ['cut', 'zeros', 'cut', 'noise'] as const) {
    const data = copy();
    const { path, frames, commitEnds } = readWal(data);
    expect(frames).toBeLessThan(framesMax);
    const [from = 0] = commitEnds.slice(-30);
    const at = chance.whole(from, (commitEnds.at(-1) ?? 0) - 4_000);
    const bytes = readFileSync(path);
    if (how === 'cut') truncateSync(path, at);
    else {
      const over = how === 'zeros' ? Buffer.alloc(2_000) : Buffer.from(chance.bytes(2_000));
      over.copy(bytes, at);
      writeFileSync(path, bytes);
    }
    kept.push(await open(data));
  }
  console.log(`torn within ${messages} acknowledged: ${kept.join(', ')} left, each a whole past`);
  for (const count of kept) expect(count).toBeLessThan(messages);
});

test('[HELLO6] a device that has seen more than such a past heals from it once it has a new epoch', async () => {
  await using world = await createWorld({ people: 2, seed });
  const [writer, reader] = world.people as [Person, Person];
  const [id] = world.groups as [ConversationId];
  const device = world.addDevice(reader);
  for (let at = 0; at < 30; at++) await writer.say(id, `message ${at}`);
  await world.until('the device has come', () => device.statuses().at(-1) === 'synced');
  await expect.poll(async () => (await device.look()).conversations[id]?.lastSeq).toBe(30);
  await world.server().kill();
  const { path, commitEnds } = readWal(world.data);
  truncateSync(path, commitEnds.at(-12) ?? 0);
  rmSync(`${world.data}/natter.db-shm`, { force: true });

  const backup = `${folder.path}/backup`;
  expect(await runProgram(['backup', backup, '--data', world.data])).toBe(0);
  expect(await runProgram(['restore', backup, '--replace', '--data', world.data])).toBe(0);
  await world.start();
  const left = readFile(world.data).get(id)?.lastSeq ?? 0;
  expect(left).toBeLessThan(30);
  device.tell({ do: 'nudge' });
  device.tell({ do: 'write', count: 2, size: 0 });
  const verdict = await world.verdict();
  console.log(`a past with a new epoch: ${left} of 30 left, and the device shows what there is`);
  expect(verdict.different).toEqual([]);
  // The judge does see that the device had more.
  expect(wrongs(verdict)).not.toEqual([]);
});
