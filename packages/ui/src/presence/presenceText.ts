/** Owns how presence reads. */
import type { Presence } from '@natter/protocol';
import { formatAgo } from '../formatting/time.ts';
import type { Texts } from '../texts/english.ts';

/** "Online", "Last seen 5 minutes ago", or nothing while it is not known. */
export function presenceText(
  presence: Presence | undefined,
  now: number,
  texts: Texts,
  locale?: string,
): string {
  if (presence === undefined) return '';
  if (presence.online) return texts.presence.online;
  if (presence.lastSeenAt === null) return texts.presence.offline;
  if (now - presence.lastSeenAt < 60_000) return texts.presence.lastSeenNow;
  return texts.presence.lastSeen(formatAgo(presence.lastSeenAt, now, locale));
}
