import type { FileId, UserId } from '@natter/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWorkQueue } from '../runtime/workQueue.ts';
import { contentDisposition, safeFileName } from './fileName.ts';
import { createLedger, decideBegin, type UploadEntry, uploadBounds } from './ledger.ts';
import { createLocker } from './locker.ts';
import { readRange } from './range.ts';

const entry = (facts: Partial<UploadEntry>): UploadEntry => ({
  fileId: 'f' as FileId,
  ownerId: 'ada' as UserId,
  name: 'x',
  bytes: 1,
  begunAt: 0,
  state: 'unfinished',
  ...facts,
});
const many = (count: number, facts: Partial<UploadEntry>) =>
  Array.from({ length: count }, () => entry(facts));

it('[FILES1] what one person can leave here is bounded in number and in bytes', () => {
  const { unfinishedMax, waitingMax, waitingBytesMax } = uploadBounds;
  expect(decideBegin([], 1)).toBe('accepted');
  expect(decideBegin(many(unfinishedMax - 1, {}), 1)).toBe('accepted');
  expect(decideBegin(many(unfinishedMax, {}), 1)).toBe('tooManyUnfinished');
  expect(decideBegin(many(waitingMax - 1, { state: 'whole' }), 1)).toBe('accepted');
  expect(decideBegin(many(waitingMax, { state: 'whole' }), 1)).toBe('tooManyWaiting');
  expect(decideBegin([entry({ bytes: waitingBytesMax - 5 })], 5)).toBe('accepted');
  expect(decideBegin([entry({ bytes: waitingBytesMax - 5 })], 6)).toBe('tooManyBytes');
});

it('[FILES1] the ledger finds by id, by owner and by age, and forgets', () => {
  const ledger = createLedger();
  const a = entry({ fileId: 'a' as FileId, begunAt: 1 });
  const b = entry({ fileId: 'b' as FileId, begunAt: 2, ownerId: 'grace' as UserId });
  ledger.add(a);
  ledger.add(b);
  expect(ledger.get(a.fileId)).toBe(a);
  expect(ledger.ofOwner(b.ownerId)).toEqual([b]);
  expect(ledger.begunBefore(2)).toEqual([a]);
  ledger.remove(a.fileId);
  ledger.remove(a.fileId);
  expect(ledger.get(a.fileId)).toBeNull();
  expect(ledger.ofOwner(a.ownerId)).toEqual([]);
});

it('[FILES2] a name keeps its last part and loses what cannot be seen', () => {
  expect(safeFileName('holiday.png')).toBe('holiday.png');
  expect(safeFileName('../../etc/passwd')).toBe('passwd');
  expect(safeFileName('C:\\temp\\a.txt')).toBe('a.txt');
  expect(safeFileName('evil\u202egnp.exe')).toBe('evilgnp.exe');
  expect(safeFileName('a\r\nb\u0000.txt')).toBe('ab.txt');
  for (const empty of [null, undefined, '', ' ', '..', '/', '\u200b'])
    expect(safeFileName(empty)).toBe('file');
  expect(safeFileName(`${'x'.repeat(300)}.jpeg`)).toBe(`${'x'.repeat(250)}.jpeg`);
});

it('[FILES2] whatever the name, it is short, well formed, and a header holds it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (given) => {
      const name = safeFileName(given);
      expect(name.length).toBeGreaterThan(0);
      expect(name.length).toBeLessThanOrEqual(255);
      expect(name.isWellFormed()).toBe(true);
      expect(safeFileName(name)).toBe(name);
      const header = contentDisposition('attachment', name);
      expect(header).toMatch(
        /^attachment; filename="[\x20-\x7e]*"(; filename\*=UTF-8''[\w.!#$&+^`|~%-]*)?$/,
      );
      const [, plain, encoded] = /filename="(.*)"(?:; filename\*=UTF-8''(.*))?$/.exec(header) ?? [];
      expect(encoded === undefined ? plain : decodeURIComponent(encoded)).toBe(name);
    }),
  );
}, 30_000);

it('[FILES5] a range is read as RFC 9110 says', () => {
  expect(readRange(undefined, 10)).toEqual({ kind: 'whole' });
  expect(readRange('bytes=0-3', 10)).toEqual({ kind: 'part', start: 0, end: 3 });
  expect(readRange('bytes=4-', 10)).toEqual({ kind: 'part', start: 4, end: 9 });
  expect(readRange('bytes=-3', 10)).toEqual({ kind: 'part', start: 7, end: 9 });
  expect(readRange('bytes=-30', 10)).toEqual({ kind: 'part', start: 0, end: 9 });
  expect(readRange('bytes=5-500', 10)).toEqual({ kind: 'part', start: 5, end: 9 });
  expect(readRange('bytes=10-', 10)).toEqual({ kind: 'unsatisfiable' });
  expect(readRange('bytes=-0', 10)).toEqual({ kind: 'unsatisfiable' });
  for (const odd of ['bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=a-b']) {
    expect(readRange(odd, 10)).toEqual({ kind: 'whole' });
  }
});

it('[FILES1] one request at a time holds an upload, and a newcomer asks it to let go', async () => {
  const locker = createLocker();
  const log: string[] = [];
  const { signal } = new AbortController();
  const first = locker.newLock('x');
  const second = locker.newLock('x');
  const third = locker.newLock('x');
  await first.lock(signal, () => void log.push('first asked'));
  const later = second
    .lock(signal, () => void log.push('second asked'))
    .then(() => log.push('second'));
  const last = third.lock(signal, () => void log.push('third asked')).then(() => log.push('third'));
  await locker.newLock('y').lock(signal, () => {});
  expect(log).toEqual(['first asked', 'first asked']);
  await first.unlock();
  await later;
  expect(log).toEqual(['first asked', 'first asked', 'second asked', 'second']);
  await second.unlock();
  await last;
  await third.unlock();
  await locker.newLock('x').lock(signal, () => {});
});

it('[FILES1] who waits for an upload and goes away leaves the queue, which is bounded', async () => {
  const locker = createLocker();
  const { signal } = new AbortController();
  const leaving = new AbortController();
  const held = locker.newLock('x');
  await held.lock(signal, () => {});
  const gone = locker.newLock('x').lock(leaving.signal, () => {});
  leaving.abort();
  await expect(gone).rejects.toMatchObject({ status_code: 400 });
  const waiting = Array.from({ length: 8 }, () => locker.newLock('x'));
  const turns = waiting.map((lock) => lock.lock(signal, () => {}).then(() => lock.unlock()));
  await expect(locker.newLock('x').lock(signal, () => {})).rejects.toMatchObject({
    status_code: 503,
  });
  await held.unlock();
  await Promise.all(turns);
});

it('[FILES3] no more than two images are made at once, and a full queue refuses', async () => {
  const queue = createWorkQueue({ atOnce: 2, waitingMax: 3, refusal: 'full' });
  let running = 0;
  let most = 0;
  const gates: (() => void)[] = [];
  const work = () =>
    queue.run(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((open) => gates.push(open));
      running -= 1;
    });
  const accepted = Array.from({ length: 5 }, work);
  await expect(work()).rejects.toMatchObject({ code: 'overloaded', retry: 'later' });
  for (let done = 0; done < 5; done++) {
    await expect.poll(() => gates.length).toBeGreaterThan(0);
    gates.shift()?.();
  }
  await Promise.all(accepted);
  expect(most).toBe(2);
  const failing = queue.run(() => Promise.reject(new Error('broken')));
  await expect(failing).rejects.toThrow('broken');
  await expect(queue.run(async () => 'free again')).resolves.toBe('free again');
});
