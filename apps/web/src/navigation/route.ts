/**
 * Owns the address: `#/c/<id>` is a conversation, `#/c/<id>/m/<seq>` a message of it, anything else the list. In the
 * hash, so that any server can serve it.
 */
import { type ConversationId, isUuid } from '@natter/protocol';

export interface Route {
  /** Null while only the list shows. */
  conversationId: ConversationId | null;
  /** The message to show; null for where one left off. */
  seq: number | null;
}

export const listRoute: Route = { conversationId: null, seq: null };

export function parseRoute(hash: string): Route {
  const found = /^#\/c\/([^/?]+)(?:\/m\/(\d{1,15}))?$/u.exec(hash);
  const id = found?.[1];
  if (!isUuid(id)) return listRoute;
  const seq = Number(found?.[2] ?? 0);
  return { conversationId: id as ConversationId, seq: seq > 0 ? seq : null };
}

export function hashOf({ conversationId, seq }: Route): string {
  if (conversationId === null) return '#/';
  return seq === null ? `#/c/${conversationId}` : `#/c/${conversationId}/m/${seq}`;
}

/** To be copied and sent: it opens the message in any browser, for whoever is in the conversation. */
export function messageLink(conversationId: ConversationId, seq: number): string {
  return location.origin + location.pathname + hashOf({ conversationId, seq });
}

/** Where a link leads within this app; null when it leads elsewhere. */
export function routeOfLink(href: string): Route | null {
  const { origin, pathname, hash } = new URL(href, location.href);
  if (origin !== location.origin || pathname !== location.pathname) return null;
  const route = parseRoute(hash);
  return route.conversationId === null ? null : route;
}

export function isSameRoute(one: Route, other: Route): boolean {
  return one.conversationId === other.conversationId && one.seq === other.seq;
}
