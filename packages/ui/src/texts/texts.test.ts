import { describe, expect, test } from 'vitest';
import { arabic } from './arabic.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import { englishLanguage, type Language, textsOf } from './language.ts';

/** What is the same in both languages, and right so. */
const sameInGerman = new Set([
  'conversations.title',
  'presence.online',
  'presence.offline',
  'details.person',
  'details.role.admin',
  'timeline.details',
]);
const sameInArabic = new Set<string>();
/** Only order and marks; no words. */
const wordless = new Set([
  'common.unreadMax',
  'conversations.prefixed',
  'timeline.messageFrom',
  'timeline.announce',
]);

type Entry = readonly [key: string, text: unknown];

function entries(texts: object, prefix = ''): Entry[] {
  return Object.entries(texts).flatMap(([key, text]: [string, unknown]) =>
    typeof text === 'object' && text !== null
      ? entries(text, `${prefix}${key}.`)
      : [[`${prefix}${key}`, text] as const],
  );
}

/** Amounts and names alike are given as 7: a text says either. */
function say(text: unknown): string {
  return typeof text === 'function' ? String(text(7, 7, 7, 7)) : String(text);
}

const foreign: readonly (readonly [string, Language, ReadonlySet<string>])[] = [
  ['German', german, sameInGerman],
  ['Arabic', arabic, sameInArabic],
];

describe.each(foreign)('%s', (_name, language, same) => {
  const texts = new Map(entries(language.texts));

  test('has the texts that English has, no more and no fewer', () => {
    expect([...texts.keys()]).toEqual(entries(english).map(([key]) => key));
  });

  test('says each of them otherwise than English, but for those named here', () => {
    const left = entries(english)
      .filter(([key, text]) => say(text) === say(texts.get(key)) && !wordless.has(key))
      .map(([key]) => key);
    expect(left).toEqual([...same]);
  });

  test('a text that takes an amount or a name shows what it was given', () => {
    for (const [key, text] of texts) {
      if (typeof text === 'function') expect(say(text), key).toContain('7');
    }
  });

  test('no text is forgotten or has space around it', () => {
    for (const [key, text] of texts) {
      const said = say(text);
      expect(said.trim(), key).toBe(said);
      if (!same.has(key)) expect(said, key).not.toBe('');
    }
  });
});

describe('amounts', () => {
  test('Arabic has its six forms', () => {
    const { members } = arabic.texts.conversation;
    expect([0, 1, 2, 3, 11, 100].map(members)).toEqual([
      'لا أعضاء',
      'عضو واحد',
      'عضوان',
      '3 أعضاء',
      '11 عضوًا',
      '100 عضو',
    ]);
  });

  test('German writes thousands its way', () => {
    expect(german.texts.conversation.members(1)).toBe('1 Mitglied');
    expect(german.texts.conversation.members(12_000)).toBe('12.000 Mitglieder');
  });
});

describe('what a sentence is given', () => {
  const alone = (text: string) => `\u2068${text}\u2069`;

  test('a name that runs the other way stays in its place', () => {
    const inEnglish = textsOf(englishLanguage).details;
    expect(inEnglish.actionsFor('דנה')).toBe(`Actions for ${alone('דנה')}`);
    expect(inEnglish.actionsFor('Ada')).toBe('Actions for Ada');
    const inArabic = textsOf(arabic).details;
    expect(inArabic.actionsFor('Ada')).toBe(`إجراءات ${alone('Ada')}`);
    expect(inArabic.actionsFor('ليلى')).toBe('إجراءات ليلى');
  });

  test('a host changes single texts, also deep ones, and keeps the others', () => {
    const texts = textsOf(german, {
      composer: { placeholder: 'Frag uns' },
      timeline: { status: { read: 'Angekommen' } },
      details: { actionsFor: (name) => `Weg mit ${name}` },
    });
    expect(texts.composer.placeholder).toBe('Frag uns');
    expect(texts.composer.send).toBe('Senden');
    expect(texts.timeline.status).toMatchObject({ read: 'Angekommen', sent: 'Gesendet' });
    expect(texts.details.actionsFor('דנה')).toBe(`Weg mit ${alone('דנה')}`);
  });
});
