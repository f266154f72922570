/** Owns the fingerprint of the wire: one digest for each thing that both sides must agree on. */
import { createHash } from 'node:crypto';
import { closeCodes } from '../closeCodes.ts';
import { errors } from '../errors.ts';
import { limits, timings } from '../limits.ts';
import { CallFrame, ErrorFrame, EventFrame, methods, ReplyFrame, ServerEvent } from '../schemas.ts';

/** By name, so that a failing check says which of them changed. Order of keys does not count. */
export function digestSchemas(): Record<string, string> {
  const parts: Record<string, unknown> = { errors, limits, timings, closeCodes };
  for (const [name, { params, result }] of Object.entries(methods)) {
    parts[`method ${name} params`] = params;
    parts[`method ${name} result`] = result;
  }
  for (const event of ServerEvent.anyOf) parts[`event ${event.properties.type.const}`] = event;
  for (const [name, frame] of Object.entries({ CallFrame, ReplyFrame, ErrorFrame, EventFrame })) {
    parts[`frame ${name}`] = frame;
  }
  return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, digest(part)]));
}

function digest(part: unknown): string {
  return createHash('sha256').update(JSON.stringify(part, sortKeys)).digest('hex').slice(0, 16);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
