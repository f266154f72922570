/** Owns what the picker remembers of a person on this device: the emoji used last, and their skin tone. */
import { type PersonStorage, personPrefix } from '../runtime/personStorage.ts';
import { type SkinTone, skinTones } from './skinTone.ts';

export interface EmojiMemory {
  /** The last one first. */
  recent: readonly string[];
  tone: SkinTone;
}

const recentMax = 24;
const emojiCharactersMax = 40;
const nothing: EmojiMemory = { recent: [], tone: 'none' };

export function readEmojiMemory(storage: PersonStorage | null, userId: string): EmojiMemory {
  try {
    const { recent, tone } = JSON.parse(storage?.getItem(keyOf(userId)) ?? '{}');
    return {
      recent: Array.isArray(recent) ? recent.filter(isEmoji).slice(0, recentMax) : [],
      tone: skinTones.includes(tone) ? tone : 'none',
    };
  } catch {
    // Closed to us, or somebody else's writing in it.
    return nothing;
  }
}

export function writeEmojiMemory(
  storage: PersonStorage | null,
  userId: string,
  memory: EmojiMemory,
): void {
  try {
    storage?.setItem(keyOf(userId), JSON.stringify(memory));
  } catch {
    // It is remembered as long as the page, then.
  }
}

export function usedEmoji({ recent, tone }: EmojiMemory, emoji: string): EmojiMemory {
  return { recent: [emoji, ...recent.filter((each) => each !== emoji)].slice(0, recentMax), tone };
}

const keyOf = (userId: string) => `${personPrefix(userId)}emoji`;

function isEmoji(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= emojiCharactersMax;
}
