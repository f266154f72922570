/** The fewest lines that put chat on an `http.Server`, for people whom a JWT signs in. The README shows them. */
import type { Server } from 'node:http';
import {
  createJwtAuthenticate,
  createMemoryBus,
  createNatter,
  type Natter,
  openDisk,
  openSqlite,
  silentLog,
  systemClock,
  systemRandom,
} from '@natter/server';

export async function attachChat(server: Server, secret: string): Promise<Natter> {
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  const natter = await createNatter({
    server,
    storage: await openSqlite({ path: 'chat.db', runtime }),
    bus: createMemoryBus(),
    files: await openDisk('files'),
    uploadsFolder: 'uploads',
    authenticate: createJwtAuthenticate({ secret }),
  });
  return natter;
}
