/**
 * Owns whether what is typed fits a name, and how well. Every word typed must begin a word of the name ("gr ho" finds
 * "Grace Hopper"); failing that, its letters may stand apart in order ("ghop"). Case and accents do not count.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

const wordStart = /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/u;

/** Higher fits better; null does not fit. An empty query fits everything alike. */
export function matchScore(name: string, query: string): number | null {
  const folded = fold(name);
  const asked = fold(query).trim();
  if (asked === '') return 0;
  if (folded === asked) return 100;
  if (folded.startsWith(asked)) return 90;
  const words = folded.split(wordStart);
  const parts = asked.split(/\s+/u);
  const inWords = matchWords(words, parts);
  if (inWords !== null) return inWords;
  if (folded.includes(asked)) return 40;
  return matchLetters(folded, asked.replace(/\s+/gu, '')) ? 10 : null;
}

/** Words in their order are better than out of order. */
function matchWords(words: readonly string[], parts: readonly string[]): number | null {
  const used = new Set<number>();
  let last = -1;
  let inOrder = true;
  for (const part of parts) {
    const free = (after: number) =>
      words.findIndex((word, at) => at > after && !used.has(at) && word.startsWith(part));
    let at = free(last);
    if (at === -1) at = free(-1);
    if (at === -1) return null;
    inOrder &&= at > last;
    used.add(at);
    last = at;
  }
  return inOrder ? (used.has(0) ? 80 : 70) : 60;
}

/** The first letter begins the name, so that not everything fits. */
function matchLetters(name: string, letters: string): boolean {
  if (letters.length < 2 || name[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
