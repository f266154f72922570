/**
 * Owns the parser: `micromark` with most of Markdown turned off. It is half of the kit's weight together with what it
 * brings, and most texts have no marks, so it is loaded when the first one has some.
 */
import { parse, postprocess, preprocess } from 'micromark';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import type { MarkEvent } from './tree.ts';

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

/** A byte order mark would be left out, and move every place. */
export function eventsOf(text: string): MarkEvent[] {
  const marked = text.replace(/^\uFEFF/u, 'x');
  return postprocess(
    parse(options)
      .document()
      .write(preprocess()(marked, undefined, true)),
  );
}
