/** Owns parsing each text once: what was read is kept for as long as there is room. */
import { parseMarkdown } from './parse.ts';
import { type TextNode, textOf } from './tree.ts';

/** The newest texts, up to this many characters in all. */
export const keptCharactersMax = 200_000;

const kept = new Map<string, readonly TextNode[]>();
let keptCharacters = 0;

export function readMarkdown(content: string): readonly TextNode[] {
  const known = kept.get(content);
  if (known !== undefined) {
    // To the end: what is read is the last to go.
    kept.delete(content);
    kept.set(content, known);
    return known;
  }
  const read = parseMarkdown(content);
  kept.set(content, read);
  keptCharacters += content.length;
  for (const oldest of kept.keys()) {
    if (keptCharacters <= keptCharactersMax || oldest === content) break;
    kept.delete(oldest);
    keptCharacters -= oldest.length;
  }
  return read;
}

/** What was written without its marks, for where only words fit: lists, announcements, notifications. */
export function plainText(content: string): string {
  return textOf(readMarkdown(content));
}
