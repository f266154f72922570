/** Owns the OpenAPI 3.1 document, made from the schemas of the wire. JSON Schema is OpenAPI 3.1's own language. */
import { errors, protocolVersion } from '@natter/protocol';
import { ErrorSchema, methods } from '@natter/protocol/schemas';

const json = (schema: unknown) => ({ 'application/json': { schema } });

export function createOpenApi(): object {
  const paths: Record<string, object> = {};
  const names = Object.keys(methods).map(
    (method) => method.charAt(0).toUpperCase() + method.slice(1),
  );
  const schemas: Record<string, unknown> = {
    Error: plain({ type: 'object', required: ['error'], properties: { error: ErrorSchema } }),
  };
  Object.entries(methods).forEach(([method, { params, result, summary }], index) => {
    const name = names[index] ?? method;
    schemas[`${name}Params`] = plain(params);
    schemas[`${name}Result`] = plain(result);
    paths[`/v1/${method}`] = {
      post: {
        operationId: method,
        summary,
        tags: ['methods'],
        // The token of `hello` is a param, as on the socket.
        security: method === 'hello' ? [] : [{ token: [] }],
        requestBody: {
          required: true,
          content: json({ $ref: `#/components/schemas/${name}Params` }),
        },
        responses: {
          200: {
            description: 'The result',
            content: json({ $ref: `#/components/schemas/${name}Result` }),
          },
          default: { description: refusals, content: json({ $ref: '#/components/schemas/Error' }) },
        },
      },
    };
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Natter',
      version: `${protocolVersion}.0.0`,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: [
      {
        name: 'methods',
        description: 'The same as over the socket: one handler, one schema, the same refusals',
      },
    ],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'What the host application’s `authenticate` takes',
        },
      },
      schemas,
    },
  };
}

const description =
  'Real-time chat. Each method is also a call on the WebSocket at `/v1/socket`, where events arrive as well.';
const refusals = `A refusal, with the status of its code: ${Object.entries(errors)
  .map(([code, { status }]) => `${code} ${status}`)
  .join(', ')}`;

/** Without what TypeBox keeps for itself. */
function plain(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema));
}
