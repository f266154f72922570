/** Owns skin tones: how an emoji takes one, and which there are. */
export const skinTones = [
  'none',
  'light',
  'medium-light',
  'medium',
  'medium-dark',
  'dark',
] as const;
export type SkinTone = (typeof skinTones)[number];

const modifiers = {
  none: '',
  light: '\u{1F3FB}',
  'medium-light': '\u{1F3FC}',
  medium: '\u{1F3FD}',
  'medium-dark': '\u{1F3FE}',
  dark: '\u{1F3FF}',
};
const joiner = '\u200D';

/** Of one that takes a tone, and has none. Everyone in it gets the same. */
export function toneEmoji(emoji: string, tone: SkinTone): string {
  if (tone === 'none') return emoji;
  const parts = emoji.split(joiner);
  return parts
    .map((part) =>
      !/\p{Emoji_Modifier_Base}/u.test(part) || (parts.length > 1 && part === '🤝')
        ? part
        : part.replace(/\uFE0F$/u, '') + modifiers[tone],
    )
    .join(joiner);
}

/** Without its tone: what it is called by. */
export function plainEmoji(emoji: string): string {
  return emoji.replace(/[\u{1F3FB}-\u{1F3FF}\uFE0F]/gu, '');
}
