/** Owns signing in as one of the demo people. These routes exist only while the demo is on. */
import rateLimit from '@fastify/rate-limit';
import { NatterError } from '@natter/protocol';
import type { Clock } from '@natter/server';
import type { FastifyInstance } from 'fastify';
import { people } from './people.ts';
import { signDemoToken } from './tokens.ts';

/** From one address. People sign in once; a program that goes on and on is kept from the signing. */
const signIns = { max: 100, timeWindow: 10_000 };

export function registerDemo(app: FastifyInstance, deps: { secret: string; clock: Clock }): void {
  app.register(async (scope) => {
    await scope.register(rateLimit, {
      global: false,
      cache: 10_000,
      errorResponseBuilder: (_request, { ttl }) =>
        new NatterError('rateLimited', 'unable to sign in so often: wait, then try again', {
          retryAfterMs: ttl,
        }),
    });
    addRoutes(scope, deps);
  });
}

function addRoutes(app: FastifyInstance, deps: { secret: string; clock: Clock }): void {
  app.get('/demo/people', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return people;
  });

  const bounds = { bodyLimit: 1_024, config: { rateLimit: signIns } };
  app.post('/demo/sign-in', bounds, async (request, reply) => {
    const { body } = request;
    const asked =
      typeof body === 'object' && body !== null && 'userId' in body ? body.userId : undefined;
    if (typeof asked !== 'string') {
      throw new NatterError('badRequest', 'unable to sign in: the body must be {"userId": "…"}');
    }
    const person = people.find((each) => each.id === asked);
    if (person === undefined) {
      throw new NatterError(
        'notFound',
        'unable to sign in: nobody of this id lives in the demo; see /demo/people',
      );
    }
    reply.header('cache-control', 'no-store');
    return signDemoToken(deps.secret, person, deps.clock.now());
  });
}
