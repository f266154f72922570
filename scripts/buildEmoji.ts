/**
 * Writes what the emoji picker knows: the order and groups of emojibase-data, and the names and keywords of CLDR, the
 * source of both. Run when Unicode has new emoji, with the folder where these were installed for it alone:
 * `npm install emojibase-data cldr-annotations-full` there, then `node scripts/buildEmoji.ts <folder>/node_modules`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Emoji {
  emoji: string;
  group?: number;
  order: number;
  version: number;
  skins?: { emoji: string; tone: number | number[] }[];
}
type Annotations = Record<string, { default?: string[]; tts?: string[] }>;

const languages = { english: 'en', german: 'de', arabic: 'ar' };
/** Hair and skin, which nobody sends alone. */
const components = 2;
const light = '\u{1F3FB}';
/** What every device that we serve draws; newer ones are tried first. */
const everywhere = 12;
const out = 'packages/ui/src/emoji/data';

const [modules] = process.argv.slice(2);
if (modules === undefined) throw new Error('unable to write the emoji: say where the packages are');

const all: Emoji[] = read(join(modules, 'emojibase-data/en/data.json'));
const shown = all
  .filter(({ group }) => group !== undefined && group !== components)
  .map((one) => ({ ...one, emoji: qualify(one.emoji) }))
  .sort((a, b) => a.order - b.order);
const groups = Map.groupBy(shown, ({ group }) => group);
const lines = [...groups.values()].map((emoji) => emoji.map(encode).join(' '));
const ordered = [...groups.values()].flat();
write(
  'emoji',
  'Every emoji by group, in order. `*`: it takes a skin tone. A number: the version that brought it.',
  lines,
);
for (const [name, code] of Object.entries(languages)) {
  const words: Annotations = read(
    join(modules, `cldr-annotations-full/annotations/${code}/annotations.json`),
  ).annotations.annotations;
  const derived: Annotations = read(
    join(modules, `cldr-annotations-derived-full/annotationsDerived/${code}/annotations.json`),
  ).annotationsDerived.annotations;
  write(
    name,
    'A line for each emoji, in their order: its name, then what else it is found by.',
    ordered.map(({ emoji }) => describe(emoji, { ...derived, ...words })),
  );
}

/** As Unicode recommends it: without the selector where the picture is the default, which emojibase adds all the same. */
function qualify(emoji: string): string {
  return emoji.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');
}

function encode({ emoji, skins = [], version }: Emoji): string {
  const toned = skins.find(({ tone }) => tone === 1)?.emoji;
  const takesTone = toned !== undefined && tone(emoji) === toned;
  return `${emoji}${takesTone ? '*' : ''}${version > everywhere ? version : ''}`;
}

/** As the picker does it. */
function tone(emoji: string): string {
  const parts = emoji.split('\u200D');
  return parts
    .map((part) =>
      !/\p{Emoji_Modifier_Base}/u.test(part) || (parts.length > 1 && part === '🤝')
        ? part
        : part.replace(/\uFE0F$/, '') + light,
    )
    .join('\u200D');
}

function describe(emoji: string, annotations: Annotations): string {
  const { tts, default: keywords = [] } = annotations[emoji.replaceAll('\uFE0F', '')] ?? {};
  const name = tts?.[0];
  if (name === undefined) throw new Error(`unable to write the emoji: ${emoji} has no name`);
  const more = keywords.filter((word) => !name.toLowerCase().includes(word.toLowerCase()));
  return [name, ...more].join('|').replaceAll(/[`\\$\n]/g, '');
}

function write(name: string, about: string, rows: readonly string[]): void {
  const text = `/** Owns ${about.charAt(0).toLowerCase()}${about.slice(1)} Written by scripts/buildEmoji.ts. */\nexport default \`${rows.join('\n')}\`;\n`;
  writeFileSync(join(out, `${name}.ts`), text);
}

function read(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
