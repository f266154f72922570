/** Owns finding links in plain text. Only http and https become links; everything stays text that React escapes. */
export type TextPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string };

const candidate = /\bhttps?:\/\/[^\s<>"'`{}|\\^]+/giu;
/** Belongs to the sentence, not to the address. */
const trailing = new Set('.,;:!?…)]');

export function splitLinks(content: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of content.matchAll(candidate)) {
    const text = trimTail(match[0]);
    const href = safeHref(text);
    if (href === null) continue;
    if (match.index > from) parts.push({ kind: 'text', text: content.slice(from, match.index) });
    parts.push({ kind: 'link', text, href });
    from = match.index + text.length;
  }
  if (from < content.length) parts.push({ kind: 'text', text: content.slice(from) });
  return parts;
}

/** "(see https://a.b/c_(d))" keeps its inner pair and drops the outer one. */
function trimTail(text: string): string {
  let end = text.length;
  while (trailing.has(text.charAt(end - 1))) end -= 1;
  const cut = text.slice(0, end);
  const rest = text.slice(cut.length);
  const opened = cut.split('(').length - cut.split(')').length;
  return opened > 0 && rest.startsWith(')')
    ? cut + rest.slice(0, Math.min(opened, rest.match(/^\)+/u)?.[0].length ?? 0))
    : cut;
}

function safeHref(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== ''
    ? url.href
    : null;
}
