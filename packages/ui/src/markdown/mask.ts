/**
 * Owns which marks count. A masked copy of the text goes to the parser, as long as the text, with letters in place of
 * what is no mark in a chat: places in it are places in the text, and only the text is shown.
 */
import type { TextPart } from './links.ts';

/** Containers nest no deeper than this lets them: each takes two columns. */
const columnsMax = 24;
const letter = (written: string) => 'x'.repeat(written.length);

/** `parts` are the whole text. */
export function maskMarks(parts: readonly TextPart[]): string {
  return (
    parts
      // An underscore in an address is part of it.
      .map((part) => (part.kind === 'link' ? letter(part.text) : part.text))
      .join('')
      // ">:(" and ">.<" are faces; a quote has a space.
      .replace(/^[ >]+.?/gmu, (head) => head.replace(/>(?=\S)/gu, 'x'))
      .replace(/^ {0,3}(?:(?:\* *){3,}|(?:- *){3,})$/gmu, letter)
      .replace(/^[ \t>*+\-\d.)]{25,}/gmu, maskDeep)
      // 2*3*4 is a product.
      .replace(/(?<=[a-z\d])\*(?=[a-z\d])/giu, 'x')
      .replace(/¯\\_/gu, letter)
      // A backslash is one, save where it takes a mark's meaning away.
      .replace(/\\([^\n])/gu, (written, next) =>
        '\\`*_~[]>'.includes(next) ? written : `x${next}`,
      )
  );
}

function maskDeep(head: string): string {
  return head.slice(0, columnsMax) + head.slice(columnsMax).replace(/[^ \t]/gu, 'x');
}
