/** Pages of messages: neighbours, joined without holes, that say what is on either side. */
import type { ConversationId, UserId } from '@natter/protocol';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { World } from './world.suite.ts';

const count = 23;

export function paging(theWorld: () => World): void {
  let id: ConversationId;
  let ada: UserId;
  beforeAll(async () => {
    const { storage, user, group, append, history } = theWorld();
    ada = await user();
    id = await group(ada);
    await Promise.all(Array.from({ length: count }, (_, at) => append(id, ada, `${at + 1}`)));
    const third = (await history(ada, id))[2];
    if (third === undefined) throw new Error('missing');
    await storage.deleteMessage({ conversationId: id, messageId: third.id, actorId: ada });
  });
  async function page(options: {
    before?: number;
    after?: number;
    around?: number;
    limit: number;
  }) {
    const result = await theWorld().storage.getMessages(ada, { conversationId: id, ...options });
    if (result === null) throw new Error('not a member');
    expect(result).toMatchObject({ version: count + 3, lastSeq: count });
    return result;
  }
  const seqs = (result: Awaited<ReturnType<typeof page>>) => result.messages.map(({ seq }) => seq);
  const range = (first: number, last: number) =>
    Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);

  it('[PAGE1] without a seq it is the newest page', async () => {
    const newest = await page({ limit: 5 });
    expect(seqs(newest)).toEqual(range(19, 23));
    expect(newest).toMatchObject({ hasBefore: true, hasAfter: false });
    const all = await page({ limit: 100 });
    expect(seqs(all)).toEqual(range(1, 23));
    expect(all).toMatchObject({ hasBefore: false, hasAfter: false });
  });

  it('[PAGE1] `before` and `after` exclude their seq', async () => {
    expect(seqs(await page({ before: 10, limit: 4 }))).toEqual(range(6, 9));
    expect(seqs(await page({ after: 10, limit: 4 }))).toEqual(range(11, 14));
  });

  it('[PAGE2] pages in both directions join to the whole, tombstones included', async () => {
    const back: number[] = [];
    for (let before = count + 1; ; ) {
      const result = await page({ before, limit: 4 });
      back.unshift(...seqs(result));
      if (!result.hasBefore) break;
      before = back[0] as number;
    }
    expect(back).toEqual(range(1, count));
    const forth: number[] = [];
    for (let after = 0; ; ) {
      const result = await page({ after, limit: 4 });
      forth.push(...seqs(result));
      if (!result.hasAfter) break;
      after = forth.at(-1) as number;
    }
    expect(forth).toEqual(range(1, count));
  });

  it('[PAGE2] any page is a run of neighbours within its bound that says truly what is on either side', async () => {
    const seq = fc.integer({ min: 1, max: count + 10 });
    const which = fc.oneof(
      fc.record({ before: seq }),
      fc.record({ after: fc.integer({ min: 0, max: count + 10 }) }),
      fc.record({ around: seq }),
    );
    await fc.assert(
      fc.asyncProperty(which, fc.integer({ min: 1, max: 30 }), async (options, limit) => {
        const result = await page({ ...options, limit });
        const found = seqs(result);
        expect(found.length).toBeLessThanOrEqual(limit);
        const first = found[0];
        if (first === undefined) {
          if ('before' in options) expect(options.before).toBe(1);
          else if ('after' in options) expect(options.after).toBeGreaterThanOrEqual(count);
          else expect.unreachable('a page around a seq is never empty');
          expect(result.hasBefore).toBe('after' in options);
          expect(result.hasAfter).toBe('before' in options);
          return;
        }
        const last = first + found.length - 1;
        expect(found).toEqual(range(first, last));
        expect(result.hasBefore).toBe(first > 1);
        expect(result.hasAfter).toBe(last < count);
        if ('before' in options) expect(last).toBe(Math.min(options.before - 1, count));
        if ('after' in options) expect(first).toBe(options.after + 1);
        if ('around' in options) expect(found).toContain(Math.min(options.around, count));
        if (found.length < limit && 'around' in options) expect(found).toHaveLength(count);
      }),
      { numRuns: 100 },
    );
  });

  it('[PAGE2] new messages never shift a page', async () => {
    const { group, send, append, storage } = theWorld();
    const conversationId = await group(ada);
    for (let at = 0; at < 6; at++) await send(conversationId, ada);
    const read = () => storage.getMessages(ada, { conversationId, before: 5, limit: 3 });
    const before = await read();
    await Promise.all(Array.from({ length: 10 }, () => append(conversationId, ada)));
    expect((await read())?.messages).toEqual(before?.messages);
  });

  it('[PAGE3] an empty conversation has one empty page', async () => {
    const { storage, group } = theWorld();
    const conversationId = await group(ada);
    const empty = { messages: [], hasBefore: false, hasAfter: false, version: 2, lastSeq: 0 };
    for (const at of [
      {},
      { before: 1 },
      { before: 9 },
      { after: 0 },
      { after: 9 },
      { around: 3 },
    ]) {
      const result = await storage.getMessages(ada, { conversationId, limit: 5, ...at });
      expect(result, JSON.stringify(at)).toEqual(empty);
    }
  });
}
