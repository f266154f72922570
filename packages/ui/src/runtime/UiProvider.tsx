/** Owns what every component takes from its surroundings: the language, its words and habits, and the time. */
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import type { Texts } from '../texts/english.ts';
import { englishLanguage, type Language, type TextChanges, textsOf } from '../texts/language.ts';
import { regionOf } from '../texts/region.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Layers } from './layers.ts';

export interface Ui {
  language: Language;
  /** The language's, with the host's changes. */
  texts: Texts;
  /** BCP 47, with the person's region where it is known: how dates, times and numbers read. */
  locale: string;
  clock: Clock;
  /** Told of dialogs that open; undefined where nobody wants to know. */
  layers: Layers | undefined;
}

const UiContext = /* @__PURE__ */ createContext<Ui>({
  language: englishLanguage,
  texts: /* @__PURE__ */ textsOf(englishLanguage),
  locale: /* @__PURE__ */ regionOf(englishLanguage.code),
  clock: systemClock,
  layers: undefined,
});

export interface UiProviderProps {
  children?: ReactNode;
  /** `german` of `@natter/ui/texts/german`, `arabic` of `@natter/ui/texts/arabic`, or one of your own. English if left out. */
  language?: Language | undefined;
  /** Single texts in place of the language's. Keep the object: a new one is a new set of words. */
  texts?: TextChanges | undefined;
  /** How dates, times and numbers read, if not as the browser has it for this language. */
  locale?: string | undefined;
  clock?: Clock | undefined;
  /** Told of dialogs that open, so that your back button can close them. */
  layers?: Layers | undefined;
}

/**
 * Optional: without it components speak English. One inside another takes from the outer what it is not given. It adds
 * one element without a box, which says language and direction.
 */
export function UiProvider({ children, language, texts, locale, clock, layers }: UiProviderProps) {
  const outer = useUi();
  const ui = useMemo(
    () => within(outer, { language, texts, locale, clock, layers }),
    [outer, language, texts, locale, clock, layers],
  );
  return (
    <UiContext value={ui}>
      <div className="natter-language" lang={ui.language.code} dir={ui.language.direction}>
        {children}
      </div>
    </UiContext>
  );
}

export function useUi(): Ui {
  return use(UiContext);
}

/** The time now, told again every `everyMs`; a null interval stands still. */
export function useNow(everyMs: number | null): number {
  const { clock } = useUi();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    setNow(clock.now());
    if (everyMs === null) return;
    let cancel = clock.after(everyMs, function tick() {
      setNow(clock.now());
      cancel = clock.after(everyMs, tick);
    });
    return () => cancel();
  }, [clock, everyMs]);
  return now;
}

type Given = { [Key in keyof Ui]: UiProviderProps[Key] };

function within(outer: Ui, { language, texts, locale, clock, layers }: Given): Ui {
  const base = language ?? { ...outer.language, texts: outer.texts };
  return {
    language: language ?? outer.language,
    texts: language === undefined && texts === undefined ? outer.texts : textsOf(base, texts),
    locale: locale ?? (language === undefined ? outer.locale : regionOf(language.code)),
    clock: clock ?? outer.clock,
    layers: layers ?? outer.layers,
  };
}
