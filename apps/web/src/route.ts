/** Owns the address: `#/c/<id>` is a conversation, anything else the list. In the hash, so that any server can serve it. */
import { type ConversationId, isUuid } from '@natter/protocol';
import { useSyncExternalStore } from 'react';
import { createLayers } from './layers.ts';

const listeners = new Set<() => void>();

/** Dialogs of this page, each an entry of its history. */
export const layers = createLayers({ history, page: window });

/** The open conversation; null while only the list shows. */
export function useOpenConversation(): ConversationId | null {
  return useSyncExternalStore(subscribe, () => parseRoute(location.hash));
}

export function parseRoute(hash: string): ConversationId | null {
  const id = hash.match(/^#\/c\/([^/?]+)$/u)?.[1];
  return isUuid(id) ? (id as ConversationId) : null;
}

export function openConversation(id: ConversationId): void {
  layers.leave(() => {
    const open = parseRoute(location.hash);
    if (open === id) return;
    history.pushState({ fromList: open === null }, '', `#/c/${id}`);
    tell();
  });
}

/** To the list: back in history when we came from it, so that the browser's own button does not lead astray. */
export function closeConversation(): void {
  layers.leave(() => {
    const state: unknown = history.state;
    if (
      typeof state === 'object' &&
      state !== null &&
      'fromList' in state &&
      state.fromList === true
    ) {
      history.back();
      return;
    }
    history.replaceState(null, '', '#/');
    tell();
  });
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    window.addEventListener('popstate', tell);
    window.addEventListener('hashchange', tell);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.removeEventListener('popstate', tell);
    window.removeEventListener('hashchange', tell);
  };
}

function tell(): void {
  for (const listener of [...listeners]) listener();
}
