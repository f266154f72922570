/** Owns how typing reads: names while they are few. */
import type { TypingSnapshot } from '@natter/client';
import { formatList } from '../formatting/list.ts';
import type { Texts } from '../texts/english.ts';
import { isolate } from '../texts/isolate.ts';
import type { Language } from '../texts/language.ts';

/** More than these would push one another out of the line. */
const namesMax = 3;

export function typingText(
  typing: TypingSnapshot,
  { texts, locale, language }: { texts: Texts; locale: string; language: Language },
): string {
  if (typing.length === 0) return '';
  if (typing.length > namesMax) return texts.typing.many(typing.length);
  const names = typing.map(({ name }) => isolate(name, language.direction));
  return texts.typing.who(formatList(names, locale), names.length);
}
