/** Owns lending the language to all that is below, and telling the page which one it is. */
import { UiProvider } from '@natter/ui';
import { type ReactNode, useLayoutEffect, useSyncExternalStore } from 'react';
import { TextsContext } from './language.ts';
import type { Languages } from './languages.ts';

export function LanguageProvider({
  languages,
  children,
}: {
  languages: Pick<Languages, 'getSnapshot' | 'subscribe'>;
  children: ReactNode;
}) {
  const { language, texts } = useSyncExternalStore(languages.subscribe, languages.getSnapshot);
  useLayoutEffect(() => {
    const { documentElement } = document;
    documentElement.lang = language.code;
    documentElement.dir = language.direction;
  }, [language]);
  return (
    <TextsContext value={texts}>
      <UiProvider language={language}>{children}</UiProvider>
    </TextsContext>
  );
}
