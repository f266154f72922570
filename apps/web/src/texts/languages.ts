/**
 * Owns which language the app speaks: the one that was chosen, else the first of the browser's that it has. A change
 * shows when its words are here; until then, and if they cannot be fetched, what is spoken stays.
 */
import { preferredLanguages, speaks } from '@natter/ui';
import type { Settings, SettingsStore } from '../settings/settings.ts';
import type { AppLanguage } from './english.ts';
import { english } from './english.ts';
import { type LanguageCode, loadLanguage } from './language.ts';

export interface Languages {
  getSnapshot(): AppLanguage;
  subscribe(listener: () => void): () => void;
  /** Resolves when the words that were wanted at first are here, or cannot be had. */
  readonly ready: Promise<void>;
  dispose(): void;
}

export interface LanguagesWorld {
  settings: Pick<SettingsStore, 'getSnapshot' | 'subscribe'>;
  /** Tells `languagechange`, when the browser's own change, and `online`, when they may be had after all. */
  page: Pick<Window, 'addEventListener' | 'removeEventListener'>;
  preferred?: () => readonly string[];
  load?: typeof loadLanguage;
}

export function createLanguages({
  settings,
  page,
  preferred = preferredLanguages,
  load = loadLanguage,
}: LanguagesWorld): Languages {
  const listeners = new Set<() => void>();
  let now = english;
  let wanted: LanguageCode = 'en';

  async function speak(): Promise<void> {
    const code = chooseLanguage(settings.getSnapshot().language, preferred());
    if (code === wanted && code === now.language.code) return;
    wanted = code;
    const loaded = await load[code]().catch(() => null);
    // Another one was chosen meanwhile.
    if (loaded === null || wanted !== code || loaded === now) return;
    now = loaded;
    for (const listener of [...listeners]) listener();
  }

  const follow = () => void speak();
  const ready = speak();
  const unsubscribe = settings.subscribe(follow);
  page.addEventListener('languagechange', follow);
  page.addEventListener('online', follow);
  return {
    getSnapshot: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ready,
    dispose() {
      unsubscribe();
      page.removeEventListener('languagechange', follow);
      page.removeEventListener('online', follow);
    },
  };
}

const spoken = ['en', 'de', 'ar'] as const satisfies readonly LanguageCode[];

export function chooseLanguage(
  choice: Settings['language'],
  preferred: readonly string[],
): LanguageCode {
  if (choice !== 'system') return choice;
  const tag = preferred.find((each) => spoken.some((code) => speaks(each, code)));
  return spoken.find((code) => tag !== undefined && speaks(tag, code)) ?? 'en';
}
