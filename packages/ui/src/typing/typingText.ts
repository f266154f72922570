/** Owns how typing reads: names while they are few. */
import type { TypingSnapshot } from '@natter/client';
import type { Texts } from '../texts/english.ts';

export function typingText(typing: TypingSnapshot, texts: Texts): string {
  const [first, second] = typing;
  if (first === undefined) return '';
  if (second === undefined) return texts.typing.one(first.name);
  return typing.length === 2
    ? texts.typing.two(first.name, second.name)
    : texts.typing.many(typing.length);
}
