/** Owns how several read as one: "Ada, Grace and Alan". */
export function formatList(items: readonly string[], locale?: string): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}
