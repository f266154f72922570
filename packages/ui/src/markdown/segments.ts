/**
 * Owns where a quote and a list end: with their last line. Markdown would take the next line into them too, and the
 * answer below a quote would look quoted.
 */
type Line = 'quote' | 'list' | 'text';

export interface Segments {
  /** Where each part begins; parts are parsed one by one. */
  starts: number[];
  /** What may be a mark outside code blocks, and how deep the lines of lists are: parsing costs up to its square. */
  markCount: number;
}

export function findSegments(masked: string): Segments {
  const starts = [0];
  let markCount = 0;
  let before: Line = 'text';
  let fence: string | null = null;
  let at = 0;
  for (const line of masked.split('\n')) {
    const mark: string | null = line.match(/^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/u)?.[1] ?? null;
    if (fence !== null) {
      if (mark?.startsWith(fence) === true && line.trim() === mark) fence = null;
    } else {
      const now = kindOf(line, before);
      if (now === 'text' && before !== 'text') starts.push(at);
      before = now;
      fence = mark;
      markCount += line.match(/[*_~`[\]>\\]/gu)?.length ?? 0;
      if (now !== 'text') markCount += 2 + line.search(/\S|$/u) / 2;
    }
    at += line.length + 1;
  }
  return { starts, markCount };
}

function kindOf(line: string, before: Line): Line {
  if (/^ {0,3}>/u.test(line)) return 'quote';
  if (/^[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/u.test(line)) return 'list';
  if (before === 'list' && /^(?:[ \t]{2}|[ \t]*$)/u.test(line)) return 'list';
  return 'text';
}
