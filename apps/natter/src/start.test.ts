import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDataFolder } from './dataFolder.ts';
import { listen } from './listen.ts';
import { StartError } from './startError.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'natter-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is made, for its owner only, and holds everything', async () => {
    const data = await openDataFolder(join(folder, 'a', 'b'));
    expect((await stat(data.path)).mode & 0o777).toBe(0o700);
    for (const path of [data.database, data.files, data.uploads, data.demoMark]) {
      expect(path.startsWith(data.path)).toBe(true);
    }
  });

  it('keeps one secret, readable by its owner only', async () => {
    const data = await openDataFolder(join(folder, 'keys'));
    const secret = await data.demoSecret();
    expect(Buffer.from(secret, 'base64url').length).toBe(32);
    const again = await openDataFolder(join(folder, 'keys'));
    expect(await Promise.all([data.demoSecret(), again.demoSecret()])).toEqual([secret, secret]);
    expect((await stat(join(data.path, 'demo.key'))).mode & 0o777).toBe(0o600);
    expect((await readFile(join(data.path, 'demo.key'), 'utf8')).trim()).toBe(secret);
    const other = await (await openDataFolder(join(folder, 'other'))).demoSecret();
    expect(other).not.toBe(secret);
  });

  it('with a damaged secret says which file to delete', async () => {
    const data = await openDataFolder(join(folder, 'damaged'));
    await writeFile(join(data.path, 'demo.key'), 'short');
    await expect(data.demoSecret()).rejects.toThrow(/demo\.key is damaged; delete it/);
  });

  it('that cannot be made names the setting', async () => {
    await writeFile(join(folder, 'file'), '');
    const inTheWay = openDataFolder(join(folder, 'file', 'data'));
    await expect(inTheWay).rejects.toThrow(StartError);
    await expect(inTheWay).rejects.toThrow(/a file is in the way; change NATTER_DATA/);
  });

  it.skipIf(process.getuid?.() === 0)('that may not be written says so', async () => {
    const closed = join(folder, 'closed');
    await openDataFolder(closed);
    await chmod(closed, 0o500);
    await expect(openDataFolder(join(closed, 'data'))).rejects.toThrow(/may not write there/);
  });
});

describe('listening', () => {
  it('takes any free port at 0, and says which', async () => {
    const server = createServer();
    const { port, localUrl } = await listen(server, { port: 0, host: '127.0.0.1' });
    expect(localUrl).toBe(`http://localhost:${port}`);
    expect((server.address() as AddressInfo).port).toBe(port);
    server.close();
  });

  it('on a port in use says so and what to do', async () => {
    const first = createServer();
    const { port } = await listen(first, { port: 0, host: '127.0.0.1' });
    const second = listen(createServer(), { port, host: '127.0.0.1' });
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(
      new RegExp(`port ${port} is in use .*set NATTER_PORT to another number`),
    );
    first.close();
  });

  it('on an address that is not of this machine says so', async () => {
    await expect(listen(createServer(), { port: 0, host: '203.0.113.7' })).rejects.toThrow(
      /no address 203\.0\.113\.7; set NATTER_HOST/,
    );
  });
});
