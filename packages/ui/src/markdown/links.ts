/** Owns finding links in plain text. Only http and https become links; everything stays text that React escapes. */
export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string };

const candidate = /\bhttps?:\/\/[^\s<>"'`{}|\\^]+/giu;
/** Belongs to the sentence or to Markdown, not to the address. */
const trailing = new Set('.,;:!?…]*_~');
const web = new Set(['http:', 'https:']);
const webOrMail = new Set([...web, 'mailto:']);

export function splitLinks(content: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of content.matchAll(candidate)) {
    const text = trimTail(match[0]);
    const href = hrefOf(text, web);
    if (href === null) continue;
    if (match.index > from) parts.push({ kind: 'text', text: content.slice(from, match.index) });
    parts.push({ kind: 'link', text, href });
    from = match.index + text.length;
  }
  if (from < content.length) parts.push({ kind: 'text', text: content.slice(from) });
  return parts;
}

/** "(see https://a.b/c_(d))" keeps its inner pair: an address ends at a parenthesis that it did not open. */
function trimTail(text: string): string {
  let end = endOfPairs(text);
  while (trailing.has(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** Where the first parenthesis closes that none opened, else the end. */
function endOfPairs(text: string): number {
  let opened = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '(') opened += 1;
    if (character === ')' && opened-- === 0) return at;
  }
  return text.length;
}

/** The address of a written link; null when it is none that may be followed: web and mail only. */
export function safeHref(address: string): string | null {
  return hrefOf(address, webOrMail);
}

function hrefOf(address: string, schemes: ReadonlySet<string>): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const leads = url.protocol === 'mailto:' ? url.pathname.includes('@') : url.hostname !== '';
  return schemes.has(url.protocol) && leads ? url.href : null;
}
