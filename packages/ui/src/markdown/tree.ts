/** Owns making a tree of the places of marks. What lies between marks is text; a mark that is not followed is text too. */
import type { postprocess } from 'micromark';
import { safeHref, type TextPart } from './links.ts';

export type TextNode =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strikethrough' | 'quote'; children: TextNode[] }
  | { kind: 'link'; href: string; children: TextNode[] }
  | { kind: 'code'; text: string }
  | { kind: 'codeBlock'; language: string; text: string }
  /** `value` is the number as written; null in a list of dots. */
  | { kind: 'list'; items: ListItem[] };

export interface ListItem {
  value: number | null;
  children: TextNode[];
}

/** Without marks; blocks and items are lines of their own. */
export function textOf(nodes: readonly TextNode[]): string {
  let text = '';
  for (const node of nodes) {
    const part =
      node.kind === 'list'
        ? node.items.map((item) => textOf(item.children)).join('\n')
        : 'text' in node
          ? node.text
          : textOf(node.children);
    if (isBlock(node) && text !== '' && !text.endsWith('\n')) text += '\n';
    text += isBlock(node) ? `${part}\n` : part;
  }
  return text.replace(/\n$/u, '');
}

export type MarkEvent = ReturnType<typeof postprocess>[number];

/** Deeper marks are shown as written. */
export const inlineDepthMax = 8;

const kinds = {
  strong: 'strong',
  emphasis: 'emphasis',
  strikethrough: 'strikethrough',
  link: 'link',
  blockQuote: 'quote',
  listOrdered: 'list',
  listUnordered: 'list',
  codeText: 'code',
  codeFenced: 'codeBlock',
} as const;

/** Not shown: they say how the rest is. */
const marks = new Set<string>([
  'strongSequence',
  'emphasisSequence',
  'strikethroughSequence',
  'labelMarker',
  'resource',
  'blockQuotePrefix',
  'listItemPrefix',
  'listItemIndent',
  'escapeMarker',
]);

interface Frame {
  kind: TextNode['kind'] | 'root';
  start: number;
  children: TextNode[];
  items: ListItem[];
  /** Code: its lines. */
  lines: string;
  /** Code: what stands beside the opening fence. */
  language: string;
  /** Link: where it leads. */
  href: string | null;
}

const isInline = (kind: Frame['kind']) =>
  kind === 'strong' || kind === 'emphasis' || kind === 'strikethrough';

export function createTree(content: string, parts: readonly TextPart[]) {
  const links = placesOf(parts);
  const frames: Frame[] = [frameOf('root', 0)];
  let shownTo = 0;

  const top = () => frames.at(-1) as Frame;

  function take(events: readonly MarkEvent[], base: number): void {
    for (const [move, { type, start, end }] of events)
      (move === 'enter' ? enter : exit)(type, base + start.offset, base + end.offset);
  }

  function enter(type: string, start: number, end: number): void {
    const frame = top();
    if (type in kinds) {
      show(start);
      frames.push(frameOf(kinds[type as keyof typeof kinds], start));
    } else if (marks.has(type)) {
      show(start);
      shownTo = Math.max(shownTo, end);
      if (type === 'listItemPrefix') {
        frame.children = [];
        frame.items.push({ value: null, children: frame.children });
      }
    } else if (type === 'listItemValue') {
      const item = frame.items.at(-1);
      if (item !== undefined) item.value = Number(content.slice(start, end));
    } else if (type === 'resourceDestinationString') {
      frame.href = safeHref(content.slice(start, end));
    } else if (type === 'codeTextData' || type === 'codeFlowValue') {
      frame.lines += content.slice(start, end);
    } else if (type === 'lineEnding' && isCode(frame)) {
      frame.lines += '\n';
    } else if (type === 'codeFencedFenceInfo' || type === 'codeFencedFenceMeta') {
      frame.language = `${frame.language} ${content.slice(start, end)}`.trim();
    }
  }

  function exit(type: string, _start: number, end: number): void {
    if (!(type in kinds)) return;
    if (!isCode(top())) show(end);
    const frame = frames.pop() as Frame;
    const node = nodeOf(frame, content.slice(frame.start, end));
    const depth = frames.filter(({ kind }) => isInline(kind)).length;
    shownTo = end;
    if (node !== null && depth < inlineDepthMax) top().children.push(node);
    else addText(frame.start, end);
  }

  /** What was passed since the last mark. */
  function show(to: number): void {
    if (to > shownTo) addText(shownTo, to);
    shownTo = Math.max(shownTo, to);
  }

  function addText(from: number, to: number): void {
    const { children } = top();
    const isLink = frames.some(({ kind }) => kind === 'link');
    let at = from;
    for (const { start, end, href } of isLink ? [] : links) {
      if (start < at || end > to) continue;
      addPlain(children, content.slice(at, start));
      children.push({
        kind: 'link',
        href,
        children: [{ kind: 'text', text: content.slice(start, end) }],
      });
      at = end;
    }
    addPlain(children, content.slice(at, to));
  }

  return {
    take,
    end(): TextNode[] {
      show(content.length);
      return trimBlocks(top().children, false);
    },
  };
}

function frameOf(kind: Frame['kind'], start: number): Frame {
  return { kind, start, children: [], items: [], lines: '', language: '', href: null };
}

function isCode({ kind }: Frame): boolean {
  return kind === 'code' || kind === 'codeBlock';
}

/** Null: as written. */
function nodeOf(frame: Frame, written: string): TextNode | null {
  const { kind, children, items, lines, language, href } = frame;
  switch (kind) {
    case 'strong':
    case 'emphasis':
    case 'strikethrough':
      return { kind, children };
    case 'quote': {
      const inner = trimBlocks(children, true);
      return inner.length === 0 ? null : { kind, children: inner };
    }
    case 'list': {
      const filled = items.map((item) => ({ ...item, children: trimBlocks(item.children, true) }));
      return filled.every((item) => item.children.length === 0) ? null : { kind, items: filled };
    }
    case 'link': {
      const label = textOf(children);
      const isShown = href !== null && isSeen(label) && !pretends(label, href);
      return isShown ? { kind, href, children } : null;
    }
    case 'code':
      return { kind, text: lines };
    case 'codeBlock': {
      const text = lines.replace(/^\n/u, '').replace(/\n$/u, '');
      // A fence without anything behind it was no code.
      return text.trim() === '' || !written.includes('\n') ? null : { kind, language, text };
    }
    default:
      return null;
  }
}

/** There is something of it to be seen, and to be pressed. */
function isSeen(label: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(label);
}

/** A link that names one host and leads to another is shown as it was written. */
function pretends(label: string, href: string): boolean {
  const host = new URL(href).hostname.replace(/^www\./u, '');
  return label
    .toLowerCase()
    .split(/[^\p{L}\d.-]+/u)
    .filter((word) => /\.\p{L}{2,}$/u.test(word))
    .some((named) => host !== '' && !`.${named}`.endsWith(`.${host}`));
}

function addPlain(children: TextNode[], text: string): void {
  if (text === '') return;
  const last = children.at(-1);
  if (last?.kind === 'text') last.text += text;
  else children.push({ kind: 'text', text });
}

function isBlock(node: TextNode | undefined): boolean {
  return node?.kind === 'quote' || node?.kind === 'list' || node?.kind === 'codeBlock';
}

/** Blocks stand apart by themselves: the line breaks beside them, and at the ends of `inner` ones, are theirs. */
function trimBlocks(children: readonly TextNode[], inner: boolean): TextNode[] {
  return children.flatMap((node, at): TextNode[] => {
    if (node.kind !== 'text') return [node];
    let { text } = node;
    if (at === 0 ? inner : isBlock(children[at - 1])) text = text.replace(/^\s*\n/u, '');
    if (at === children.length - 1 ? inner : isBlock(children[at + 1])) text = text.trimEnd();
    return text === '' ? [] : [{ ...node, text }];
  });
}

function placesOf(parts: readonly TextPart[]): { start: number; end: number; href: string }[] {
  let at = 0;
  return parts.flatMap((part) => {
    const start = at;
    at += part.text.length;
    return part.kind === 'link' ? [{ start, end: at, href: part.href }] : [];
  });
}
