/** Owns the readable documents. All their files come from here: no other host is asked, and scripts are ours alone. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createOpenApi } from './openapi.ts';

type StaticDocument = Extract<
  NonNullable<Parameters<typeof swagger>[1]>,
  { mode: 'static' }
>['specification'];

export async function registerDocs(app: FastifyInstance): Promise<void> {
  const document = createOpenApi();
  await app.register(swagger, { mode: 'static', specification: { document } as StaticDocument });
  app.get('/v1/openapi.json', (_request, reply) =>
    reply.header('Cache-Control', 'public, max-age=300').send(document),
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: { docExpansion: 'list', deepLinking: true, persistAuthorization: false },
    staticCSP: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      // Swagger UI sets styles from script.
      'style-src': ["'self'", "'unsafe-inline'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    },
  });
}
