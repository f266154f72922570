/** Owns what the program is made of: one data folder, one HTTP server, Natter on it, and the web app beside it. */
import { createServer, type Server } from 'node:http';
import {
  type Authenticate,
  createJwtAuthenticate,
  createMemoryBus,
  createNatter,
  openDisk,
  openSqlite,
  type Runtime,
  type Storage,
  StorageError,
} from '@natter/server';
import type { Configuration } from './configuration/settings.ts';
import { type DataFolder, openDataFolder } from './dataFolder.ts';
import { people } from './demo/people.ts';
import { registerDemo } from './demo/routes.ts';
import { createUpload, seedDemo } from './demo/seed.ts';
import { signDemoToken } from './demo/tokens.ts';
import { listen } from './listen.ts';
import { StartError } from './startError.ts';
import { createWeb } from './web.ts';

export interface Program {
  /** Where people open it. */
  url: string;
  dataPath: string;
  /** No new sockets, what is under way finishes within `graceMs`, then everything is closed. Twice is harmless. */
  stop(graceMs: number): Promise<void>;
}

/** Rejects with `StartError`, and leaves nothing open, when it cannot start. */
export async function startProgram(
  configuration: Configuration,
  world: { runtime: Runtime; webFolder: string },
): Promise<Program> {
  const { runtime, webFolder } = world;
  const { demo, publicUrl } = configuration;
  await using opened = new AsyncDisposableStack();

  const data = await openDataFolder(configuration.data);
  const secret = demo ? await data.demoSecret() : configuration.authSecret;
  const storage = opened.adopt(await openStorage(data, runtime), (each) => each.close());
  const files = opened.adopt(await openDisk(data.files), (each) => each.close());
  const bus = opened.adopt(createMemoryBus(), (each) => each.close());

  const web = await createWeb({
    folder: webFolder,
    publicUrl,
    log: runtime.log,
    register(app) {
      if (demo && secret !== null) registerDemo(app, { secret, clock: runtime.clock });
    },
  });
  opened.defer(() => web.close());
  const server = createServer((request, response) => web.routing(request, response));
  opened.defer(() => closeServer(server));

  const natter = await createNatter({
    server,
    storage,
    bus,
    files,
    authenticate: authenticateBy(configuration, secret),
    uploadsFolder: data.uploads,
    origins: [...(publicUrl === null ? [] : [publicUrl]), ...configuration.origins],
    log: runtime.log,
    runtime,
  });
  let graceMs = 0;
  opened.defer(() => natter.close({ graceMs }));

  const address = await listen(server, configuration);
  if (demo && secret !== null) {
    const tokenOf = (userId: string) => demoToken(secret, userId, runtime);
    const upload = createUpload(address.localUrl, tokenOf);
    await seedDemo({ storage, markPath: data.demoMark, upload });
  }

  const running = opened.move();
  return {
    url: publicUrl ?? address.localUrl,
    dataPath: data.path,
    async stop(grace) {
      graceMs = grace;
      await running.disposeAsync();
    },
  };
}

async function openStorage(data: DataFolder, runtime: Runtime): Promise<Storage> {
  try {
    return await openSqlite({ path: data.database, runtime });
  } catch (error) {
    if (error instanceof StorageError) throw new StartError(error.message, { cause: error });
    throw error;
  }
}

function authenticateBy({ authJwksUrl }: Configuration, secret: string | null): Authenticate {
  if (secret !== null) return createJwtAuthenticate({ secret });
  if (authJwksUrl !== null) return createJwtAuthenticate({ jwksUrl: authJwksUrl });
  throw new StartError('nobody could sign in: set NATTER_AUTH_SECRET or NATTER_AUTH_JWKS_URL');
}

async function demoToken(secret: string, userId: string, runtime: Runtime): Promise<string> {
  const person = people.find((each) => each.id === userId);
  if (person === undefined) throw new Error(`nobody in the demo is ${userId}`);
  return (await signDemoToken(secret, person, runtime.clock.now())).token;
}

/** Whatever is still connected has been told, and is cut. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
