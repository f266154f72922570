/**
 * Records the schemas of this protocol version: `npm run record -w packages/protocol`. Refuses when a schema
 * changed and the version did not; `--unreleased` overrides that for a version nobody has installed yet.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { protocolVersion } from '../version.ts';
import { digestSchemas } from './digestSchemas.ts';

const file = new URL('./schemas.json', import.meta.url);
const recorded: { protocolVersion: number; schemas: Record<string, string> } = JSON.parse(
  readFileSync(file, 'utf8'),
);
const schemas = digestSchemas();
const changed = [...new Set([...Object.keys(recorded.schemas), ...Object.keys(schemas)])].filter(
  (name) => recorded.schemas[name] !== schemas[name],
);

if (
  changed.length > 0 &&
  recorded.protocolVersion === protocolVersion &&
  !process.argv.includes('--unreleased')
) {
  console.error(
    `unable to record: ${changed.join(', ')} changed, protocolVersion did not. Raise it in src/version.ts first.`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(file, `${JSON.stringify({ protocolVersion, schemas }, null, 2)}\n`);
  console.log(
    `recorded protocol version ${protocolVersion}; changed: ${changed.join(', ') || 'nothing'}`,
  );
}
