/**
 * Owns what was written as a tree: a small Markdown, read by `micromark` with most of it turned off. All that is no
 * mark is text, taken from what was written by its place, so that nothing is lost.
 */
import { parse, postprocess, preprocess } from 'micromark';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { splitLinks } from './links.ts';
import { maskMarks } from './mask.ts';
import { findSegments } from './segments.ts';
import { createTree, type MarkEvent, type TextNode } from './tree.ts';

/** Past this many marks a text is shown as written. A long message has some dozens; 1,000 take 20 to 150 ms. */
export const marksMax = 1_000;

const anyMark = /[*_~`[>\\]|^[ \t]*(?:[-+]|\d{1,9}[.)])[ \t]/mu;
const options = {
  extensions: [
    gfmStrikethrough({ singleTilde: false }),
    {
      disable: {
        null: [
          'autolink',
          'characterReference',
          'codeIndented',
          'definition',
          'hardBreakEscape',
          'headingAtx',
          'htmlFlow',
          'htmlText',
          'labelStartImage',
          'setextUnderline',
          'thematicBreak',
        ],
      },
    },
  ],
} satisfies Parameters<typeof parse>[0];

export function parseMarkdown(written: string): TextNode[] {
  const content = written.replace(/\r\n?/gu, '\n');
  const parts = splitLinks(content);
  const tree = createTree(content, parts);
  if (anyMark.test(content)) {
    const masked = maskMarks(parts);
    const { starts, markCount } = findSegments(masked);
    if (markCount <= marksMax)
      for (const [at, start] of starts.entries())
        tree.take(eventsOf(masked.slice(start, starts[at + 1])), start);
  }
  return tree.end();
}

/** A byte order mark would be left out, and move every place. */
function eventsOf(text: string): MarkEvent[] {
  const marked = text.replace(/^\uFEFF/u, 'x');
  return postprocess(
    parse(options)
      .document()
      .write(preprocess()(marked, undefined, true)),
  );
}
