/** Owns links to messages of this app that stand in messages: they lead within the page, not to another tab. */
import type { MouseEvent } from 'react';
import { navigation } from './here.ts';
import { routeOfLink } from './route.ts';

export function followLink(event: MouseEvent): void {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const route = link === null ? null : routeOfLink(link.href);
  if (route === null) return;
  event.preventDefault();
  navigation.go(route);
}
