/** Owns what every place for files must do. Each adapter runs this same suite. */
import { randomBytes } from 'node:crypto';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type FileId, uuidv7 } from '@natter/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileStore, FileVariant } from './contract.ts';

export function describeFiles(name: string, openStore: () => Promise<FileStore>): void {
  describe(`files: ${name}`, () => {
    let store: FileStore;
    let local: string;
    beforeEach(async () => {
      store = await openStore();
      local = await mkdtemp(join(tmpdir(), 'natter-files-'));
    });
    afterEach(async () => {
      await store.close();
      await rm(local, { recursive: true, force: true });
    });

    const newId = () => uuidv7(1_700_000_000_000, randomBytes(10)) as FileId;
    async function read(
      fileId: FileId,
      variant: FileVariant,
      range?: { start: number; end: number },
    ) {
      const found = await store.open(fileId, variant, range);
      return found === null
        ? null
        : { bytes: found.bytes, content: (await buffer(found.stream)).toString('latin1') };
    }

    it('what was saved is read back, each variant for itself', async () => {
      const id = newId();
      await store.save(id, 'original', { data: Buffer.from('the original') });
      await store.save(id, 'thumbnail', { data: Buffer.from('small') });
      expect(await read(id, 'original')).toEqual({ bytes: 12, content: 'the original' });
      expect(await read(id, 'thumbnail')).toEqual({ bytes: 5, content: 'small' });
    });

    it('a local file is taken over and gone from where it was', async () => {
      const id = newId();
      const path = join(local, 'finished');
      const content = randomBytes(3_000_000);
      await writeFile(path, content);
      await store.save(id, 'original', { path });
      const found = await store.open(id, 'original');
      expect(found?.bytes).toBe(content.length);
      expect(found && content.equals(await buffer(found.stream))).toBe(true);
      await expect(access(path)).rejects.toThrow();
    });

    it('what a stream holds is kept whole, and a stream that breaks leaves nothing', async () => {
      const id = newId();
      const parts = Array.from({ length: 12 }, () => randomBytes(1_000_000));
      await store.save(id, 'original', { stream: Readable.from(parts) });
      const found = await store.open(id, 'original');
      expect(found?.bytes).toBe(12_000_000);
      expect(found && Buffer.concat(parts).equals(await buffer(found.stream))).toBe(true);

      const broken = newId();
      const breaking = Readable.from(
        (async function* () {
          yield randomBytes(1_000);
          throw new Error('a disk of the test');
        })(),
      );
      await expect(store.save(broken, 'original', { stream: breaking })).rejects.toThrow();
      expect(await store.open(broken, 'original')).toBeNull();
    });

    it('a range gives its bytes, both ends included, and the size of the whole', async () => {
      const id = newId();
      await store.save(id, 'original', { data: Buffer.from('0123456789') });
      expect(await read(id, 'original', { start: 2, end: 4 })).toEqual({
        bytes: 10,
        content: '234',
      });
      expect(await read(id, 'original', { start: 9, end: 9 })).toEqual({ bytes: 10, content: '9' });
    });

    it('saving again replaces the file', async () => {
      const id = newId();
      await store.save(id, 'original', { data: Buffer.from('first and longer') });
      await store.save(id, 'original', { data: Buffer.from('second') });
      expect(await read(id, 'original')).toEqual({ bytes: 6, content: 'second' });
    });

    it('a save that fails leaves what was there before', async () => {
      const id = newId();
      const missing = { path: join(local, 'missing') };
      await expect(store.save(id, 'original', missing)).rejects.toThrow();
      expect(await read(id, 'original')).toBeNull();
      await store.save(id, 'original', { data: Buffer.from('kept') });
      await expect(store.save(id, 'original', missing)).rejects.toThrow();
      expect(await read(id, 'original')).toEqual({ bytes: 4, content: 'kept' });
    });

    it('a reader keeps the bytes it began with while the file is replaced', async () => {
      const id = newId();
      const first = Buffer.alloc(2_000_000, 'a');
      await store.save(id, 'original', { data: first });
      const found = await store.open(id, 'original');
      await store.save(id, 'original', { data: Buffer.alloc(2_000_000, 'b') });
      expect(found && first.equals(await buffer(found.stream))).toBe(true);
    });

    it('many savers at once each leave one whole file', async () => {
      const id = newId();
      const data = Array.from({ length: 8 }, (_, at) => Buffer.alloc(100_000, String(at)));
      await Promise.all(data.map((each) => store.save(id, 'original', { data: each })));
      const content = (await read(id, 'original'))?.content ?? '';
      expect(new Set(content).size).toBe(1);
      expect(content.length).toBe(100_000);
    });

    it('deleting takes both variants, and twice is harmless', async () => {
      const id = newId();
      await store.save(id, 'original', { data: Buffer.from('x') });
      await store.save(id, 'thumbnail', { data: Buffer.from('y') });
      await store.delete(id);
      await store.delete(id);
      expect(await read(id, 'original')).toBeNull();
      expect(await read(id, 'thumbnail')).toBeNull();
    });

    it('a name that is not an id of ours is refused', async () => {
      for (const id of ['../../etc/passwd', '', 'a/b', `${newId()}/..`]) {
        await expect(
          store.save(id as FileId, 'original', { data: Buffer.from('x') }),
        ).rejects.toThrow();
        await expect(store.open(id as FileId, 'original')).rejects.toThrow();
        await expect(store.delete(id as FileId)).rejects.toThrow();
      }
    });
  });
}
