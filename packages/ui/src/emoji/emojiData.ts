/** Owns what the picker shows: read from this build's own files, in the language asked for, only what the device can draw. */
import type { EmojiData } from 'frimousse';
import type { Texts } from '../texts/english.ts';
import { isDrawn } from './isDrawn.ts';
import { toneEmoji } from './skinTone.ts';

type Emoji = EmojiData['emojis'][number];

/** What every device that is served draws. */
const versionEverywhere = 12;

/** English for a language that has no words of its own. Rejects when the file cannot be had. */
export async function loadEmoji(
  language: string,
  groups: Texts['emoji']['groups'],
  draws = isDrawn,
): Promise<EmojiData> {
  const [{ default: all }, { default: words }] = await Promise.all([
    import('./data/emoji.ts'),
    loadWords(language),
  ]);
  return {
    ...parse(all, words, whatIsDrawn(draws)),
    locale: language,
    categories: Object.values(groups).map(describeGroup),
  };
}

function loadWords(language: string): Promise<{ default: string }> {
  switch (language) {
    case 'de':
      return import('./data/german.ts');
    case 'ar':
      return import('./data/arabic.ts');
    default:
      return import('./data/english.ts');
  }
}

const describeGroup = (label: string, index: number) => ({ index, label });

function parse(
  all: string,
  words: string,
  drawn: (emoji: string, version: number) => boolean,
): Pick<EmojiData, 'emojis' | 'skinTones'> {
  const named = words.split('\n');
  const emojis: Emoji[] = [];
  let at = 0;
  for (const [category, line] of all.split('\n').entries())
    for (const code of line.split(' ')) {
      const [, emoji = '', toned, version = '1'] = /^(.+?)(\*)?([\d.]+)?$/u.exec(code) ?? [];
      const [label = '', ...tags] = named[at]?.split('|') ?? [];
      at += 1;
      if (!drawn(emoji, Number(version))) continue;
      emojis.push({
        emoji,
        category,
        label,
        version: Number(version),
        tags: withPlain(label, tags),
        ...(toned === undefined ? {} : { skins: skinsOf(emoji) }),
      });
    }
  // Names of tones are the catalogue's; the picker asks for none.
  const skinTones = { light: '', 'medium-light': '', medium: '', 'medium-dark': '', dark: '' };
  return { emojis, skinTones };
}

function skinsOf(emoji: string): NonNullable<Emoji['skins']> {
  return {
    light: toneEmoji(emoji, 'light'),
    'medium-light': toneEmoji(emoji, 'medium-light'),
    medium: toneEmoji(emoji, 'medium'),
    'medium-dark': toneEmoji(emoji, 'medium-dark'),
    dark: toneEmoji(emoji, 'dark'),
  };
}

/** Found without accents too, and in Arabic without vowel signs and the hamza of an alef. */
function withPlain(label: string, tags: string[]): string[] {
  const plain = [label, ...tags].join(' ').normalize('NFD').replace(/\p{M}/gu, '');
  return plain === [label, ...tags].join(' ') ? tags : [...tags, plain];
}

/** One of each version is tried: a device has all of a version or none. */
function whatIsDrawn(draws: typeof isDrawn): (emoji: string, version: number) => boolean {
  const versions = new Map<number, boolean>();
  let flags: boolean | undefined;
  return (emoji, version) => {
    if (/\p{Regional_Indicator}|\u{E007F}/u.test(emoji)) {
      flags ??= draws('🇪🇺');
      if (!flags) return false;
    }
    if (version <= versionEverywhere) return true;
    const known = versions.get(version) ?? draws(emoji);
    versions.set(version, known);
    return known;
  };
}
