/**
 * Owns what was written as a tree: a small Markdown. All that is no mark is text, taken from what was written by its
 * place, so that nothing is lost.
 */
import { splitLinks } from './links.ts';
import { maskMarks } from './mask.ts';
import { findSegments } from './segments.ts';
import { createTree, type MarkEvent, type TextNode } from './tree.ts';

/** Past this many marks a text is shown as written. A long message has some dozens; 1,000 take 20 to 150 ms. */
export const marksMax = 1_000;

/** Without one of these there is nothing to parse. */
export const anyMark = /[*_~`[>\\]|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]/mu;
export type EventsOf = (masked: string) => MarkEvent[];

/** `eventsOf` null: the parser is not there yet, and marks are shown as written. */
export function parseMarkdown(written: string, eventsOf: EventsOf | null): TextNode[] {
  const content = written.replace(/\r\n?/gu, '\n');
  const parts = splitLinks(content);
  const tree = createTree(content, parts);
  if (eventsOf !== null && anyMark.test(content)) {
    const masked = maskMarks(parts);
    const { starts, markCount } = findSegments(masked);
    if (markCount <= marksMax)
      for (const [at, start] of starts.entries())
        tree.take(eventsOf(masked.slice(start, starts[at + 1])), start);
  }
  return tree.end();
}
