/** Owns whether a text is nothing but a few emoji: those are shown large. */
export const largeEmojiMax = 6;

/** Longer ones are families and flags; this is more than six of them. */
const charactersMax = 120;
/** A grapheme that begins as one is one. */
export const emojiFallback =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[#*\d]\uFE0F?\u20E3)/u;
/** Before this one only ©, ® and the digits of keycaps become pictures. */
const firstPictogram = 0x203c;
const beforeIt = /^[#*\d\u00A9\u00AE]/;

/** How many emoji it is; null when it is anything else, or more than are shown large. */
export function countEmoji(content: string): number | null {
  const text = content.trim();
  // Most texts are words: splitting them, and making what knows all emoji, costs more than showing them.
  if (text.length > charactersMax) return null;
  if (text.charCodeAt(0) < firstPictogram && !beforeIt.test(text)) return null;
  if (!emojiFallback.test(text)) return null;
  const graphemes = graphemesOf(text).filter((each) => each.trim() !== '');
  return graphemes.length <= largeEmojiMax && graphemes.every((each) => isEmoji(each))
    ? graphemes.length
    : null;
}

let pattern: RegExp | null = null;

function isEmoji(grapheme: string): boolean {
  pattern ??= emojiPattern();
  return pattern.test(grapheme);
}

let segmenter: Intl.Segmenter | null = null;

function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Read when needed: browsers before 2023 do not know the `v` flag. There a pictogram with its joiners has to do. */
function emojiPattern(): RegExp {
  // Some keyboards leave out the selector that asks for the colourful form, or add one.
  const known = '^(?:\\p{RGI_Emoji}|\\p{Emoji_Presentation}|\\p{Extended_Pictographic})\\uFE0F?$';
  try {
    return new RegExp(known, 'v');
  } catch {
    return emojiFallback;
  }
}
