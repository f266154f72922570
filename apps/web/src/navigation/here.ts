/** Owns the one navigation of this page, and how components follow it. What else an address brings is taken before it reads it. */
import { systemClock } from '@natter/ui';
import { useSyncExternalStore } from 'react';
import { createBroughtTokens, createShortcuts } from './arrivals.ts';
import { createNavigation } from './navigation.ts';
import type { Route } from './route.ts';

/** As in `app.css`: below this, list and conversation take turns. */
export const onePaneQuery = '(max-width: 720px)';

const world = { history, location, page: window };
export const broughtTokens = createBroughtTokens(world);
export const shortcuts = createShortcuts(world);

export const navigation = createNavigation({
  ...world,
  clock: systemClock,
  onePane: () => matchMedia(onePaneQuery).matches,
});

export function useRoute(): Route {
  return useSyncExternalStore(navigation.subscribe, navigation.getSnapshot);
}
