/** Whose tokens are taken back: kept once, found by time. */
import { expect, it } from 'vitest';
import type { World } from './world.suite.ts';

export function revocations(theWorld: () => World): void {
  it('[AUTH5] what was revoked is found from its time on, a person’s and a token’s', async () => {
    const { storage, user } = theWorld();
    const ada = await user('Ada');
    await storage.saveRevocation({ userId: ada });
    await storage.saveRevocation({ tokenId: ada });
    const found = await storage.listRevocations(0, 10);
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining([{ userId: ada }, { tokenId: ada }]),
    );
    const newest = Math.max(...found.map(({ at }) => at));
    expect(await storage.listRevocations(newest + 1, 10)).toEqual([]);
    expect(await storage.listRevocations(0, 1)).toEqual([found[0]]);
  });

  it('[AUTH5] revoking again is one revocation, with the later time', async () => {
    const { storage } = theWorld();
    const what = { tokenId: 'x'.repeat(512) };
    const timesOf = async () =>
      (await storage.listRevocations(0, 100))
        .filter((each) => 'tokenId' in each.what && each.what.tokenId === what.tokenId)
        .map(({ at }) => at);
    await storage.saveRevocation(what);
    const [first = Number.NaN] = await timesOf();
    await storage.saveRevocation(what);
    const again = await timesOf();
    expect(again).toHaveLength(1);
    expect(again[0]).toBeGreaterThanOrEqual(first);
  });
}
