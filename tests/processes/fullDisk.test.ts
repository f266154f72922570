/** Holds what is told and kept while the disk is full: refusals with a reason, no lies; and that all goes on once there is room. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newId, post } from '../conformance/people.ts';
import { begin, offsetOf, read, sendPart } from '../conformance/uploading.ts';
import { mountSmallDisk, noDisks } from './disk.ts';
import { figures, wrongs } from './judge.ts';
import { createWorld } from './world.ts';

const diskBytes = 32 * 1_048_576;
const fileBytes = 3_000_000;
const title =
  '[SEND1] on a full disk nothing is acknowledged, everybody is told why, and all goes on once there is room';

test.skipIf(noDisks !== null)(
  noDisks === null ? title : `${title} (not here: ${noDisks})`,
  {
    timeout: 120_000,
  },
  async () => {
    await using disk = await mountSmallDisk(diskBytes);
    await using world = await createWorld({ people: 3, seed: 77, data: disk.path });
    for (const person of world.people) world.addDevice(person);
    const [ada] = world.people as [(typeof world.people)[0]];
    const [conversationId] = world.groups as [(typeof world.groups)[0]];
    const url = world.server().url;
    const bytes = randomBytes(fileBytes);
    const begun = await begin(url, ada.token, 'large.bin', bytes.length);
    for (const device of world.devices) device.tell({ do: 'talk' });
    await world.until('some are acknowledged', () => world.acknowledged() >= 30);

    const free = fill(join(disk.path, 'ballast'));
    await world.until('every device is refused', () =>
      world.devices.every((device) => device.refusals().length > 0),
    );
    for (const { code, message } of world.devices.flatMap((device) => device.refusals()))
      expect({ code, message }).toEqual({
        code: 'overloaded',
        message: 'unable to save: the disk is full on the server; try again later',
      });
    const { status, body } = await post(
      url,
      'sendMessage',
      { id: newId(), conversationId, content: 'x'.repeat(16_000) },
      ada.token,
    );
    expect(status).toBe(503);
    expect(body).toMatchObject({ error: { code: 'overloaded', retry: 'later' } });
    // What is on disk can be read meanwhile.
    expect((await ada.call('getMessages', { conversationId, limit: 10 })).messages.length).toBe(10);

    const part = await sendPart(url, ada.token, begun.fileId, 0, bytes);
    expect(part.status).toBe(503);
    expect(await part.json()).toMatchObject({ error: { code: 'overloaded', retry: 'later' } });
    expect((await read(url, ada.token, begun.fileId)).status).toBe(404);
    const whileFull = world.acknowledged();

    free();
    await world.until('all devices go on', () => world.acknowledged() >= whileFull + 30);
    const offset = (await offsetOf(url, ada.token, begun.fileId)) ?? -1;
    const rest = await sendPart(url, ada.token, begun.fileId, offset, bytes.subarray(offset));
    expect(rest.status).toBe(200);
    const file = await read(url, ada.token, begun.fileId);
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);

    const said = world.server().output();
    expect(said.match(/nothing can be saved: the disk is full/g)).toHaveLength(
      said.match(/the database is saved again/g)?.length ?? 0,
    );
    const verdict = await world.verdict();
    console.log(`disk full: ${figures(verdict)}; the upload went on from ${offset}`);
    expect(wrongs(verdict)).toEqual([]);
    expect(await world.server().stop()).toBe(0);
    await world.start();
    expect(wrongs(await world.verdict())).toEqual([]);
  },
);

/** To the last byte. Returns how to make room again. */
function fill(path: string): () => void {
  const file = openSync(path, 'w');
  for (const size of [65_536, 4_096, 1])
    try {
      while (writeSync(file, Buffer.alloc(size)) > 0);
    } catch {
      // Full, for blocks of this size.
    }
  return () => {
    closeSync(file);
    rmSync(path);
  };
}
