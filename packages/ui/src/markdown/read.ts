/**
 * Owns parsing each text once: what was read is kept for as long as there is room. The parser is fetched for those who
 * show texts; until it is there, marks are shown as written.
 */
import { useEffect, useSyncExternalStore } from 'react';
import { afterPaint } from '../runtime/afterPaint.ts';
import { anyMark, type EventsOf, parseMarkdown } from './parse.ts';
import { type TextNode, textOf } from './tree.ts';

/** The newest texts, up to this many characters in all. */
export const keptCharactersMax = 200_000;

const kept = new Map<string, readonly TextNode[]>();
let keptCharacters = 0;

let eventsOf: EventsOf | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** Never rejects: one that failed is tried again with the next text. */
export function loadMarkdown(): Promise<void> {
  loading ??= import('./events.ts').then(
    (module) => {
      eventsOf = module.eventsOf;
      kept.clear();
      keptCharacters = 0;
      for (const listener of [...listeners]) listener();
    },
    () => {
      loading = null;
    },
  );
  return loading;
}

/**
 * Renders what shows a text again once its marks can be read; fetches the parser where it is mounted: at once, or when
 * the rest is on the screen, where a mark more or less is no matter.
 */
export function useMarkdown(when: 'now' | 'afterPaint' = 'now'): void {
  useSyncExternalStore(subscribe, isLoaded, isLoaded);
  useEffect(() => {
    if (when === 'afterPaint' && !isLoaded()) return afterPaint(loadMarkdown);
    void loadMarkdown();
    return undefined;
  }, [when]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function isLoaded(): boolean {
  return eventsOf !== null;
}

export function readMarkdown(content: string): readonly TextNode[] {
  const known = kept.get(content);
  if (known !== undefined) {
    // To the end: what is read is the last to go.
    kept.delete(content);
    kept.set(content, known);
    return known;
  }
  const read = parseMarkdown(content, eventsOf);
  if (eventsOf === null && anyMark.test(content)) return read;
  kept.set(content, read);
  keptCharacters += content.length;
  for (const oldest of kept.keys()) {
    if (keptCharacters <= keptCharactersMax || oldest === content) break;
    kept.delete(oldest);
    keptCharacters -= oldest.length;
  }
  return read;
}

/** What was written without its marks, for where only words fit: lists, announcements, notifications. */
export function plainText(content: string): string {
  return textOf(readMarkdown(content));
}
