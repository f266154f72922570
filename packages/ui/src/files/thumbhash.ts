/** Owns the blurred picture that holds the place of an image until it is there. */
import { thumbHashToDataURL } from 'thumbhash';

const kept = new Map<string, string | null>();
const keptMax = 500;

/** A data URL from the base64 of a ThumbHash; null when it is missing or broken. */
export function placeholderUrl(thumbhash: string | null): string | null {
  if (thumbhash === null || thumbhash === '') return null;
  const known = kept.get(thumbhash);
  if (known !== undefined) return known;
  const url = decode(thumbhash);
  if (kept.size >= keptMax) kept.clear();
  kept.set(thumbhash, url);
  return url;
}

function decode(thumbhash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0));
    // Fewer bytes than the header cannot be one, and the decoder does not check.
    return bytes.length < 5 || bytes.length > 25 ? null : thumbHashToDataURL(bytes);
  } catch {
    return null;
  }
}
