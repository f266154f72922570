/** Owns how amounts read. */
const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "12 kB", "3.4 MB". */
export function formatBytes(bytes: number, locale?: string): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value);
}

/** "42 %" of a share between 0 and 1. */
export function formatPercent(share: number, locale?: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share);
}

const counts = new Map<string | undefined, Intl.NumberFormat>();

/** "42", "٤٢". Making its format is slow, and a list asks for many. */
export function formatCount(count: number, locale?: string): string {
  const known = counts.get(locale) ?? new Intl.NumberFormat(locale);
  counts.set(locale, known);
  return known.format(count);
}
