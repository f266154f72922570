/** Owns the one navigation of this page, and how components follow it. Tokens are taken before it reads the address. */
import { systemClock } from '@natter/ui';
import { useSyncExternalStore } from 'react';
import { createBroughtTokens } from './broughtTokens.ts';
import { createNavigation } from './navigation.ts';
import type { Route } from './route.ts';

/** As in `app.css`: below this, list and conversation take turns. */
export const onePaneQuery = '(max-width: 720px)';

export const broughtTokens = createBroughtTokens({ history, location, page: window });

export const navigation = createNavigation({
  history,
  location,
  page: window,
  clock: systemClock,
  onePane: () => matchMedia(onePaneQuery).matches,
});

export function useRoute(): Route {
  return useSyncExternalStore(navigation.subscribe, navigation.getSnapshot);
}
