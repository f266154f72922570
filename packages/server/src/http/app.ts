/** Owns the HTTP side: every method as a route with the same handler, schema and errors; uploads, documents, health. */
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import { errors, type Limits, NatterError, type UserId } from '@natter/protocol';
import { methods } from '@natter/protocol/schemas';
import {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify';
import type { Identity } from '../auth/contract.ts';
import type { SignIn } from '../auth/signIn.ts';
import { checkHello, type Hello } from '../connection/hello.ts';
import type { Answer } from '../delivery/answer.ts';
import { type Dispatch, toErrorBody } from '../dispatch/dispatch.ts';
import type { InFlight } from '../dispatch/inFlight.ts';
import { type Pages, pageMethods } from '../dispatch/pages.ts';
import { type Buckets, costOf, type Rate } from '../dispatch/rates.ts';
import type { Log } from '../runtime/contract.ts';
import type { Counters } from '../runtime/counters.ts';
import { exposedHeaders } from '../uploads/uploads.ts';
import { registerDocs } from './docs.ts';
import { type Health, registerHealth } from './health.ts';
import type { Origins } from './peer.ts';

export interface AppDeps {
  signIn: SignIn;
  hello: Hello;
  dispatch: Dispatch;
  buckets: { user: Buckets };
  pages: Pages;
  addressRate: Rate;
  origins: Origins;
  trustProxy: number;
  limits: Limits;
  log: Log;
  health: Health;
  isFinishing: () => boolean;
  inFlight: InFlight;
  counters: Pick<Counters, 'refusals'>;
  registerUploads: (
    app: FastifyInstance,
    authenticateRequest: (request: FastifyRequest) => Promise<Identity>,
  ) => void;
}

export async function createApp(deps: AppDeps): Promise<FastifyInstance> {
  const { dispatch, signIn, hello, log, limits } = deps;
  const app = fastify({
    logger: false,
    bodyLimit: limits.frameBytesMax,
    // A machine that is short of time starts late, and does not fail.
    pluginTimeout: 0,
    // What no route is found for because its form is wrong, too.
    frameworkErrors: (error, _request, reply) => answerError(reply, fromFastify(error), {}),
    trustProxy:
      deps.trustProxy > 0 ? (_address: string, hop: number) => hop < deps.trustProxy : false,
  });

  function answerError(reply: FastifyReply, error: unknown, facts: object): void {
    const body = toErrorBody(error, log, facts);
    deps.counters.refusals[body.code] += 1;
    const { status } = errors[body.code];
    reply.code(status).header('Cache-Control', 'no-store');
    if (status === 401) reply.header('WWW-Authenticate', 'Bearer');
    if (body.retryAfterMs !== undefined)
      reply.header('Retry-After', String(Math.ceil(body.retryAfterMs / 1_000)));
    reply.send({ error: body });
  }

  async function authenticateRequest(request: FastifyRequest): Promise<Identity> {
    const header = request.headers.authorization ?? '';
    const token = /^bearer +(\S+)$/i.exec(header)?.[1];
    if (token === undefined)
      throw new NatterError(
        'unauthenticated',
        'unable to sign in: send the header Authorization: Bearer <token>',
      );
    if (token.length > limits.tokenCharactersMax)
      throw new NatterError('unauthenticated', 'unable to sign in: the token is too long');
    return await signIn.signIn(token);
  }

  app.setErrorHandler((error: FastifyError | NatterError, request, reply) => {
    // The path alone: a query may hold what is not ours to log.
    answerError(reply, fromFastify(error), { path: request.url.split('?')[0] });
  });
  app.setNotFoundHandler((request, reply) => {
    answerError(
      reply,
      new NatterError('unknownMethod', `unable to ${request.method} here: there is no such route`),
      {},
    );
  });

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: deps.origins === 'same' ? 'same-origin' : 'cross-origin' },
    // The host decides about TLS for its own domain.
    strictTransportSecurity: false,
  });
  if (deps.origins !== 'same') {
    await app.register(cors, {
      origin: [...deps.origins],
      methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
      exposedHeaders: [...exposedHeaders, 'Retry-After'],
      maxAge: 600,
    });
  }
  if (Number.isFinite(deps.addressRate.perSecond)) {
    const windowMs = 10_000;
    await app.register(rateLimit, {
      timeWindow: windowMs,
      max: Math.ceil(deps.addressRate.burst + (deps.addressRate.perSecond * windowMs) / 1_000),
      cache: 10_000,
      errorResponseBuilder: (_request, { ttl }) =>
        new NatterError('rateLimited', 'unable to call so often: wait, then go on', {
          retryAfterMs: ttl,
        }),
    });
  }

  registerHealth(app, deps.health);
  await registerDocs(app);
  deps.registerUploads(app, authenticateRequest);

  async function answer(
    reply: FastifyReply,
    run: () => Promise<Answer<unknown>>,
  ): Promise<FastifyReply> {
    if (deps.isFinishing())
      throw new NatterError('draining', 'unable to call: this server is about to stop', {
        retryAfterMs: 1_000,
      });
    const end = deps.inFlight.begin();
    try {
      const { result, tell } = await run();
      reply.header('Cache-Control', 'no-store').send(result);
      tell?.();
      return reply;
    } finally {
      end();
    }
  }

  /** Until it has been read, or nobody is there to read it. */
  async function enterPage(userId: UserId, reply: FastifyReply): Promise<void> {
    const end = await deps.pages.enter(userId);
    if (reply.raw.destroyed) end();
    else reply.raw.once('close', end);
  }

  for (const method of Object.keys(methods)) {
    if (method === 'hello') continue;
    app.post(`/v1/${method}`, async (request, reply) => {
      return await answer(reply, async () => {
        const { userId, name } = await authenticateRequest(request);
        const waitMs = deps.buckets.user.take(userId, costOf(method, request.body));
        if (waitMs > 0)
          throw new NatterError('rateLimited', 'unable to call so often: wait, then go on', {
            retryAfterMs: waitMs,
          });
        if (pageMethods.has(method)) await enterPage(userId, reply);
        return await dispatch.call(
          { userId, name, connectionId: null },
          method,
          request.body ?? {},
        );
      });
    });
  }

  /** Who am I and what changed: without a socket nothing is subscribed to, and heads past the first page are asked for again. */
  app.post('/v1/hello', async (request, reply) => {
    return await answer(reply, async () => {
      const params = checkHello(request.body ?? {});
      const { userId, name } = await hello.identify(params);
      const { result } = await hello.greet({ userId, name, connectionId: null }, params);
      return { result };
    });
  });

  await app.ready();
  return app;
}

/** Fastify's own refusals (a body too large, no JSON) in the words of the catalogue. */
function fromFastify(error: FastifyError | NatterError): unknown {
  if (error instanceof NatterError) return error;
  const status = error.statusCode ?? 500;
  if (status === 413)
    return new NatterError('tooLarge', 'unable to read the body: it is too large', {
      cause: error,
    });
  if (status >= 400 && status < 500)
    return new NatterError(
      'badRequest',
      'unable to read the request: its path must be well formed, its body one JSON object, sent as application/json',
      {
        cause: error,
      },
    );
  return error;
}
