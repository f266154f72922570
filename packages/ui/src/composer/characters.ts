/** Owns how many characters a message may still have, counted as the server counts them. */
import { limits } from '@natter/protocol';

/** From here on the composer tells how many are left. */
export const tellLeftBelow = 500;

/** What a frame needs besides the text: the ids of the message, its conversation and ten files. */
const envelopeBytes = 1_024;
const bytesPerCharacterMax = 4;

/**
 * What is left once the blanks around it are gone; below zero when it is too long, null while it is far from that. The
 * schema counts code points; a frame counts bytes, which runs out first for a text that is all emoji.
 */
export function charactersLeft(text: string): number | null {
  const content = text.trim();
  // No code point has more than two units, and no unit more than six bytes in JSON.
  const far = limits.contentCharactersMax - tellLeftBelow;
  if (content.length <= far && content.length * 6 <= bytesMax) return null;
  const left = Math.min(limits.contentCharactersMax - count(content), bytesLeft(content));
  return left < tellLeftBelow ? left : null;
}

const bytesMax = limits.frameBytesMax - envelopeBytes;

function count(text: string): number {
  let characters = 0;
  for (const _character of text) characters += 1;
  return characters;
}

/** In characters, the longest that there are; too many are told as what must go. */
function bytesLeft(text: string): number {
  const bytes = new TextEncoder().encode(JSON.stringify(text)).byteLength;
  return Math.floor((bytesMax - bytes) / bytesPerCharacterMax);
}
