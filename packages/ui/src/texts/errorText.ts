/** Owns what is said of a failure: the catalogue's sentence where a person can do something, else the server's own. */
import type { Texts } from './english.ts';
import { isolate } from './isolate.ts';
import type { Language } from './language.ts';

export function errorText(
  error: { code?: string; message: string },
  { texts, language }: { texts: Texts; language: Language },
): string {
  const { internal, ...sentences } = texts.errors;
  // A fault, or a refusal that only a newer program knows: the reason is all that can be said of it.
  if (error.code === 'internal') return internal(error.message);
  const known: Partial<Record<string, string>> = sentences;
  return known[error.code ?? ''] ?? isolate(error.message, language.direction);
}
