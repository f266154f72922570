/** Owns signing in as one of the demo people. These routes exist only while the demo is on. */
import { NatterError } from '@natter/protocol';
import type { Clock } from '@natter/server';
import type { FastifyInstance } from 'fastify';
import { people } from './people.ts';
import { signDemoToken } from './tokens.ts';

export function registerDemo(app: FastifyInstance, deps: { secret: string; clock: Clock }): void {
  app.get('/demo/people', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return people;
  });

  app.post('/demo/sign-in', { bodyLimit: 1_024 }, async (request, reply) => {
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
