/** Owns reading a frame: text to call, or what is wrong with it. Pure. */
import type { CallFrame } from '@natter/protocol';

export type Incoming =
  | { kind: 'call'; call: CallFrame }
  /** `id` null when it had none that is usable. */
  | { kind: 'noCall'; id: number | null }
  | { kind: 'noJson' };

const methodCharactersMax = 64;

export function readFrame(text: string): Incoming {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'noJson' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { kind: 'noCall', id: null };
  const { id, method, params } = value as { id?: unknown; method?: unknown; params?: unknown };
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0)
    return { kind: 'noCall', id: null };
  if (typeof method !== 'string' || method === '' || method.length > methodCharactersMax)
    return { kind: 'noCall', id };
  return { kind: 'call', call: params === undefined ? { id, method } : { id, method, params } };
}
