/** Owns what is said of a failure: the catalogue's sentence where a person can do something, else the server's own. */
import type { Texts } from './english.ts';
import { isolate } from './isolate.ts';
import type { Language } from './language.ts';

export function errorText(
  error: { code?: string; message: string },
  { texts, language }: { texts: Texts; language: Language },
): string {
  const sentences: Partial<Record<string, string>> = texts.errors;
  return sentences[error.code ?? ''] ?? isolate(error.message, language.direction);
}
