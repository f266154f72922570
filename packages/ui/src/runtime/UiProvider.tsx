/** Owns what every component takes from its surroundings: the words, the language of dates, and the time. */
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { english, type Texts } from '../texts/english.ts';
import { type Clock, systemClock } from './clock.ts';

export interface Ui {
  texts: Texts;
  /** BCP 47; undefined means the browser's. */
  locale: string | undefined;
  clock: Clock;
}

const UiContext = createContext<Ui>({ texts: english, locale: undefined, clock: systemClock });

/** Optional: without it components speak English and format dates as the browser does. */
export function UiProvider({
  children,
  texts = english,
  locale,
  clock = systemClock,
}: Partial<Ui> & { children?: ReactNode }) {
  const ui = useMemo(() => ({ texts, locale, clock }), [texts, locale, clock]);
  return <UiContext value={ui}>{children}</UiContext>;
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
