/** Owns what the program is made of: one data folder, Natter, the web app beside it, and the demo where it is on. */
import { type Authenticate, createJwtAuthenticate, type Runtime } from '@natter/server';
import type { S3Options } from '@natter/server/s3';
import { openChat } from './chat.ts';
import { originOfReads } from './configuration/filesUrl.ts';
import type { Configuration } from './configuration/settings.ts';
import { type DataFolder, openDataFolder, refuseMoved } from './dataFolder.ts';
import { people } from './demo/people.ts';
import { registerDemo } from './demo/routes.ts';
import { createUpload, isSeeded, markSeeded, seedDemo } from './demo/seed.ts';
import { createStage } from './demo/stage.ts';
import { signDemoToken } from './demo/tokens.ts';
import { lockFolder } from './lock.ts';
import { openMetricsPage } from './metrics.ts';
import { StartError } from './startError.ts';
import { createWeb } from './web.ts';

export interface Program {
  /** Where people open it. */
  url: string;
  dataPath: string;
  /** Where Prometheus reads it; null: nowhere. */
  metricsUrl: string | null;
  /** Resolves when it can do nothing useful any more. Then it is to be stopped, and started anew. */
  failed: Promise<Error>;
  /** No new sockets; those there are go over `drainMs`, what is under way finishes within `graceMs`, then everything is closed. Twice is harmless. */
  stop(graceMs: number, drainMs?: number): Promise<void>;
}

/** Rejects with `StartError`, and leaves nothing open, when it cannot start. */
export async function startProgram(
  configuration: Configuration,
  world: { runtime: Runtime; webFolder: string },
): Promise<Program> {
  const { runtime, webFolder } = world;
  const { publicUrl, origins, trustProxy, port, host, filesUrl } = configuration;
  await using opened = new AsyncDisposableStack();
  const data = await openDataFolder(configuration.data);
  if (configuration.databaseUrl === null) refuseMoved(data.path);
  opened.use(lockFolder(data.path));
  const demoSecret = configuration.demo ? await data.demoSecret() : null;
  const authenticate = authenticateBy(configuration, demoSecret);
  if (demoSecret !== null) {
    await prepareDemo({ data, runtime, secret: demoSecret, authenticate, bucket: filesUrl });
  }

  const failed = Promise.withResolvers<Error>();
  const { metricsPort } = configuration;
  const metrics =
    metricsPort === null ? null : (await import('@natter/server/metrics')).createMetrics();
  const web = await createWeb({
    folder: webFolder,
    publicUrl,
    filesOrigin: originOfReads(filesUrl),
    trustProxy,
    log: runtime.log,
    register(app) {
      if (demoSecret !== null) registerDemo(app, { secret: demoSecret, clock: runtime.clock });
    },
  });
  opened.defer(async () => web.close());
  const chat = await openChat({
    data,
    databaseUrl: configuration.databaseUrl,
    runtime,
    writer: 'thread',
    authenticate,
    busUrl: configuration.busUrl,
    profiles: configuration.profiles ?? (configuration.demo ? 'editable' : 'fromToken'),
    trustProxy,
    origins: [...(publicUrl === null ? [] : [publicUrl]), ...origins],
    bucket: filesUrl,
    otherwise: (request, response) => web.routing(request, response),
    onFault: failed.resolve,
    onCommit: metrics?.onCommit,
    port,
    host,
  });
  await using started = new AsyncDisposableStack();
  started.defer(() => chat.close(0));
  const page =
    metrics === null || metricsPort === null
      ? null
      : await openMetricsPage({
          metrics,
          counters: chat.counters,
          log: runtime.log,
          port: metricsPort,
          host: configuration.metricsHost,
        });
  if (page !== null) opened.defer(() => page.close());
  started.move();
  const all = opened.move();
  return {
    url: publicUrl ?? chat.localUrl,
    dataPath: data.path,
    metricsUrl: page?.url ?? null,
    failed: failed.promise,
    async stop(graceMs, drainMs) {
      await chat.close(graceMs, drainMs);
      await all.disposeAsync();
    },
  };
}

function authenticateBy(
  { authSecret, authJwksUrl }: Configuration,
  demoSecret: string | null,
): Authenticate {
  const secret = demoSecret ?? authSecret;
  if (secret !== null) return createJwtAuthenticate({ secret });
  if (authJwksUrl !== null) return createJwtAuthenticate({ jwksUrl: authJwksUrl });
  throw new StartError('nobody could sign in: set NATTER_AUTH_SECRET or NATTER_AUTH_JWKS_URL');
}

/** Plays the demo's past on a server that only this process reaches, before the real one opens. */
async function prepareDemo(options: {
  data: DataFolder;
  runtime: Runtime;
  secret: string;
  authenticate: Authenticate;
  bucket: S3Options | null;
}): Promise<void> {
  const { data, runtime, secret, authenticate, bucket } = options;
  const stage = createStage(runtime.clock);
  const chat = await openChat({
    data,
    databaseUrl: null,
    runtime: { ...runtime, clock: stage.clock },
    writer: 'inline',
    authenticate,
    // Whatever somebody has chosen is not written over by playing the past.
    profiles: 'editable',
    busUrl: null,
    origins: [],
    trustProxy: 0,
    bucket,
    otherwise: (_request, response) => void response.writeHead(404).end(),
    // What cannot be written now cannot be written by the program proper either, which will say so.
    onFault: () => {},
    port: 0,
    host: '127.0.0.1',
  });
  try {
    if (await isSeeded(data.demoMark, chat.storage)) return;
    const nowMs = runtime.clock.now();
    const tokenOf = async (userId: string) => {
      const person = people.find((each) => each.id === userId);
      if (person === undefined) throw new Error(`nobody in the demo is ${userId}`);
      return (await signDemoToken(secret, person, nowMs)).token;
    };
    await seedDemo({
      storage: chat.storage,
      nowMs,
      moveTo: stage.moveTo,
      upload: createUpload(chat.localUrl, tokenOf),
    });
    await markSeeded(data.demoMark, chat.storage);
  } finally {
    await chat.close(0);
  }
}
