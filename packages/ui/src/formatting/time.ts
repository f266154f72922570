/** Owns how times read. All by Intl, so that each language gets its own habits. */
import type { Texts } from '../texts/english.ts';

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making an Intl format is slow; there are few kinds of them. */
function format(
  locale: string | undefined,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale}${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  if (formats.size > 100) formats.clear();
  formats.set(key, known);
  return known;
}

/** "14:05" or "2:05 PM". */
export function formatTime(at: number, locale?: string): string {
  return format(locale, { hour: 'numeric', minute: '2-digit' }).format(at);
}

export function formatDateTime(at: number, locale?: string): string {
  return format(locale, { dateStyle: 'full', timeStyle: 'short' }).format(at);
}

/** The calendar day, as a number that grows by one a day, in the device's own zone. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs);
}

/** "Today", "Yesterday", "Tuesday" within a week, else the date. */
export function formatDay(at: number, now: number, texts: Texts, locale?: string): string {
  const days = dayOf(now) - dayOf(at);
  if (days === 0) return texts.timeline.today;
  if (days === 1) return texts.timeline.yesterday;
  if (days > 1 && days < 7) return format(locale, { weekday: 'long' }).format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(locale, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** As short as a list needs: time today, weekday within a week, else the date. */
export function formatListTime(at: number, now: number, locale?: string): string {
  const days = dayOf(now) - dayOf(at);
  if (days <= 0) return formatTime(at, locale);
  if (days < 7) return format(locale, { weekday: 'short' }).format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(locale, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(at);
}

/** "5 minutes ago". */
export function formatAgo(at: number, now: number, locale?: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const minutes = Math.round((at - now) / 60_000);
  if (minutes > -60) return relative.format(Math.min(minutes, 0), 'minute');
  const hours = Math.round(minutes / 60);
  return hours > -24
    ? relative.format(hours, 'hour')
    : relative.format(dayOf(at) - dayOf(now), 'day');
}
