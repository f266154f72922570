/** Owns which languages the app speaks, and how its components come by their words. */
import { createContext, use } from 'react';
import type { Settings } from '../settings/settings.ts';
import { type AppLanguage, type AppTexts, english } from './english.ts';

export type LanguageCode = Exclude<Settings['language'], 'system'>;

/** English is always there; the others are fetched when they are chosen. */
export const loadLanguage: Record<LanguageCode, () => Promise<AppLanguage>> = {
  en: () => Promise.resolve(english),
  de: () => import('./german.ts').then(({ german }) => german),
  ar: () => import('./arabic.ts').then(({ arabic }) => arabic),
};

/** The app's own words. */
export const TextsContext = createContext<AppTexts>(english.texts);

export function useTexts(): AppTexts {
  return use(TextsContext);
}
