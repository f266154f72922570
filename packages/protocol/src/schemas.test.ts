/** Holds the schemas to their record, and the entry point free of runtime dependencies. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { Compile } from 'typebox/compile';
import { describe, expect, test } from 'vitest';
import { digestSchemas } from './record/digestSchemas.ts';
import recorded from './record/schemas.json' with { type: 'json' };
import * as schemas from './schemas.ts';
import { protocolVersion } from './version.ts';

const howToRecord =
  'a schema is not what was recorded for this protocol version: raise protocolVersion in src/version.ts, then run `npm run record -w packages/protocol`';

describe('the record', () => {
  test('no schema changes without the protocol version', () => {
    expect(protocolVersion, howToRecord).toBe(recorded.protocolVersion);
    expect(digestSchemas(), howToRecord).toEqual(recorded.schemas);
  });

  test('covers every method, event and frame', () => {
    const names = Object.keys(recorded.schemas);
    expect(names.filter((name) => name.startsWith('method '))).toHaveLength(
      2 * Object.keys(schemas.methods).length,
    );
    expect(names.filter((name) => name.startsWith('event '))).toHaveLength(
      schemas.ServerEvent.anyOf.length,
    );
    expect(names.filter((name) => name.startsWith('frame '))).toHaveLength(4);
  });
});

describe('bounds', () => {
  const taken = Object.entries(schemas.methods).flatMap(([name, { params }]) =>
    unbounded(JSON.parse(JSON.stringify(params)), name),
  );

  test('[LIMITS1] every array, string and number that the server takes has a bound', () => {
    expect(taken).toEqual([]);
  });

  test('[LIMITS1] the check for bounds finds what has none', () => {
    const loose = {
      type: 'object',
      properties: { names: { type: 'array', items: { type: 'string' } }, at: { type: 'integer' } },
    };
    expect(unbounded(loose, 'loose')).toEqual(['loose.names', 'loose.names[]', 'loose.at']);
  });

  test('[FRAME7] an object where a string is due does not fit', () => {
    const check = Compile(schemas.SendMessageParams);
    const good = { id: uuid(1), conversationId: uuid(2), content: 'hello' };
    expect(check.Check(good)).toBe(true);
    for (const name of ['id', 'conversationId', 'content'])
      expect(check.Check({ ...good, [name]: { $ne: '' } }), name).toBe(false);
    expect(
      check.Check({ ...good, fileIds: Array.from({ length: 10_000 }, (_, at) => uuid(at)) }),
    ).toBe(false);
  });

  test('[FRAME8] unknown properties are ignored', () => {
    expect(
      Compile(schemas.DeleteMessageParams).Check({
        conversationId: uuid(1),
        messageId: uuid(2),
        later: true,
      }),
    ).toBe(true);
  });

  test('a name is neither blank nor does it hold control characters', () => {
    const check = Compile(schemas.Name);
    for (const name of ['Ada', 'Ada Lovelace', ' Ada', '李', '🙂'])
      expect(check.Check(name), name).toBe(true);
    for (const name of ['', ' ', '   ', 'A\nda', '\u0000', 'Ada\u007f', 'a'.repeat(121)]) {
      expect(check.Check(name), JSON.stringify(name)).toBe(false);
    }
    for (const blanks of ['\u00a0', ' \u3000', '\u2003\ufeff'])
      expect(check.Check(blanks), JSON.stringify(blanks)).toBe(false);
  });

  // Where a longer text took longer by its square, this would take many minutes.
  test('[LIMITS1] what is wrong with a name is found in one pass, however long it is', () => {
    const check = Compile(schemas.Name);
    for (const part of ['a', ' ', '\u00a0', ' a'])
      expect([...check.Errors(`${part.repeat(300_000)}\n`)]).not.toHaveLength(0);
  });
});

describe('the entry point', () => {
  const bundled = async (entry: string) => {
    const result = await build({
      entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      conditions: ['source'],
      logLevel: 'silent',
      platform: 'neutral',
      mainFields: ['module', 'main'],
    });
    return Object.keys(result.metafile.inputs).filter((file) => file.includes('node_modules'));
  };

  test('index.ts pulls in no dependency at runtime', async () => {
    expect(await bundled('./index.ts')).toEqual([]);
  });

  test('the check of the bundle sees the dependency of schemas.ts', async () => {
    expect((await bundled('./schemas.ts')).some((file) => file.includes('typebox'))).toBe(true);
  });
});

function uuid(n: number): string {
  return `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

interface JsonSchema {
  type?: string;
  const?: unknown;
  maxLength?: number;
  maxItems?: number;
  maximum?: number;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
}

/** Where a schema lets something of any size through. */
function unbounded(schema: JsonSchema, at: string): string[] {
  const found: string[] = [];
  if (schema.type === 'string' && schema.const === undefined && schema.maxLength === undefined)
    found.push(at);
  if (schema.type === 'array' && schema.maxItems === undefined) found.push(at);
  if ((schema.type === 'integer' || schema.type === 'number') && schema.maximum === undefined)
    found.push(at);
  if (schema.items !== undefined) found.push(...unbounded(schema.items, `${at}[]`));
  for (const part of schema.anyOf ?? []) found.push(...unbounded(part, at));
  for (const [name, part] of Object.entries(schema.properties ?? {}))
    found.push(...unbounded(part, `${at}.${name}`));
  return found;
}
