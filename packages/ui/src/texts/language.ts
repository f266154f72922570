/** Owns what a language is to the components, and how a host changes single texts of it. */
import { english, type Texts } from './english.ts';
import { isolate } from './isolate.ts';

export interface Language {
  /** BCP 47, without a region: "de". */
  code: string;
  direction: 'ltr' | 'rtl';
  texts: Texts;
}

export const englishLanguage: Language = { code: 'en', direction: 'ltr', texts: english };

type Changes<Part> = {
  [Key in keyof Part]?: Part[Key] extends string | ((...given: never[]) => string)
    ? Part[Key]
    : Changes<Part[Key]>;
};

/** Single texts in place of the language's own: `{ composer: { placeholder: 'Ask us anything' } }`. */
export type TextChanges = Changes<Texts>;

/** The texts that components say. What they are given (names, files, times) is kept from turning the sentence around. */
export function textsOf(language: Language, changes?: TextChanges): Texts {
  return prepare(language.texts, changes, language.direction) as Texts;
}

function prepare(text: unknown, change: unknown, direction: Language['direction']): unknown {
  if (typeof text === 'object' && text !== null) {
    const changes = Object(change) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(text).map(([key, each]) => [key, prepare(each, changes[key], direction)]),
    );
  }
  const said = change ?? text;
  if (typeof said !== 'function') return said;
  return (...given: unknown[]) =>
    said(...given.map((each) => (typeof each === 'string' ? isolate(each, direction) : each)));
}
