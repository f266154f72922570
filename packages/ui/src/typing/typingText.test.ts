import type { TypingSnapshot } from '@natter/client';
import type { UserId } from '@natter/protocol';
import { expect, test } from 'vitest';
import { arabic } from '../texts/arabic.ts';
import { german } from '../texts/german.ts';
import { englishLanguage, type Language, textsOf } from '../texts/language.ts';
import { typingText } from './typingText.ts';

function say(language: Language, locale: string, ...names: string[]): string {
  const typing: TypingSnapshot = names.map((name, at) => ({
    userId: `user-${at}` as UserId,
    name,
  }));
  return typingText(typing, { texts: textsOf(language), locale, language });
}

test.each([
  [englishLanguage, 'en-GB', [], ''],
  [englishLanguage, 'en-GB', ['Ada'], 'Ada is typing…'],
  [englishLanguage, 'en-GB', ['Ada', 'Grace'], 'Ada and Grace are typing…'],
  [englishLanguage, 'en-GB', ['Ada', 'Grace', 'Alan'], 'Ada, Grace and Alan are typing…'],
  [englishLanguage, 'en-GB', ['Ada', 'Grace', 'Alan', 'Mae'], '4 people are typing…'],
  [german, 'de', ['Ada', 'Grace'], 'Ada und Grace schreiben\u00a0…'],
  [arabic, 'ar', ['ليلى', 'نور'], 'ليلى ونور يكتبان الآن…'],
] as const)(
  '$0.code names those who type while they are few: $2',
  (language, locale, names, text) => {
    expect(say(language, locale, ...names)).toBe(text);
  },
);

test('names that run the other way each stay in their place', () => {
  expect(say(englishLanguage, 'en-GB', 'דנה', 'Ada')).toMatch(/\u2068דנה\u2069 and Ada/u);
});

test('a name may hold the sign that stands for numbers', () => {
  expect(say(englishLanguage, 'en', 'C#')).toBe('C# is typing…');
});
