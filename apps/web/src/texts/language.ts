/** Owns what a language is to the app: that of the components, and the app's own words. */
import type { Language } from '@natter/ui';
import { createContext, use } from 'react';
import type { Settings } from '../settings/settings.ts';
import { type AppTexts, english } from './english.ts';

export interface AppLanguage {
  language: Language;
  texts: AppTexts;
}

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
