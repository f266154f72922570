/**
 * Owns what the program serves beside Natter itself: the built web app, and the demo's sign-in. The page may load
 * nothing but what is served here, and run nothing that stands in the page.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { errors, NatterError } from '@natter/protocol';
import type { Log } from '@natter/server';
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';

export async function createWeb(options: {
  /** The build of apps/web. */
  folder: string;
  /** `https` only when people come by it. */
  publicUrl: string | null;
  /** Another place where files come from. */
  filesOrigin: string | null;
  /** Of the proxies in front, how many are believed. */
  trustProxy: number;
  log: Log;
  register: (app: FastifyInstance) => void;
}): Promise<FastifyInstance> {
  const { folder, publicUrl, filesOrigin, trustProxy, log } = options;
  const app = fastify({
    logger: false,
    bodyLimit: 65_536,
    pluginTimeout: 0,
    trustProxy: trustProxy > 0 ? (_address: string, hop: number) => hop < trustProxy : false,
  });
  app.setErrorHandler((error, _request, reply) => {
    const known = asNatterError(error);
    if (known.code === 'internal') log.error({ error }, 'a request failed');
    return reply.code(errors[known.code].status).send({ error: known.toBody() });
  });
  await app.register(helmet, securityHeaders(publicUrl, filesOrigin));
  options.register(app);

  if (existsSync(join(folder, 'index.html'))) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      dotfiles: 'ignore',
      setHeaders(reply, path) {
        reply.header('cache-control', path.startsWith(join(folder, 'assets')) ? forEver : fresh);
      },
    });
    app.setNotFoundHandler((request, reply) => {
      if (!wantsPage(request)) return reply.code(404).send({ error: nothingHere().toBody() });
      return reply.sendFile('index.html');
    });
  } else {
    app.setNotFoundHandler((request, reply) => {
      if (!wantsPage(request)) return reply.code(404).send({ error: nothingHere().toBody() });
      return reply
        .code(503)
        .type('text/plain; charset=utf-8')
        .send('The web app is not built yet. Build it with: npm run build\n');
    });
  }

  await app.ready();
  return app;
}

/** Files in `assets/` carry their content's hash in their names. */
const forEver = 'public, max-age=31536000, immutable';
const fresh = 'no-cache';

/** A path of the app, as opposed to a file that is missing. */
function wantsPage(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? '/';
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isFile = path.startsWith('/assets/') || /\.\w+$/.test(path);
  return isRead && !isFile && (request.headers.accept ?? '').includes('text/html');
}

function securityHeaders(publicUrl: string | null, filesOrigin: string | null) {
  const sockets = publicUrl === null ? [] : [publicUrl.replace(/^http/, 'ws')];
  const isHttps = publicUrl?.startsWith('https:') ?? false;
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        // Pictures are fetched with the token and shown from memory; placeholders are data.
        imgSrc: ["'self'", 'blob:', 'data:'],
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", ...sockets, ...(filesOrigin === null ? [] : [filesOrigin])],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Browsers take these from https alone, and complain where they come by plain http.
    crossOriginOpenerPolicy: isHttps,
    originAgentCluster: isHttps,
    strictTransportSecurity: isHttps ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    xFrameOptions: { action: 'deny' as const },
    referrerPolicy: { policy: 'no-referrer' as const },
  };
}

function asNatterError(error: unknown): NatterError {
  if (error instanceof NatterError) return error;
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) {
    return new NatterError('tooLarge', 'unable to read the request: its body is too large');
  }
  return status >= 400 && status < 500
    ? new NatterError('badRequest', 'unable to read the request: its body must be JSON')
    : new NatterError('internal', 'unable to answer: the server failed; try again');
}

function nothingHere(): NatterError {
  return new NatterError('notFound', 'there is nothing at this address');
}
