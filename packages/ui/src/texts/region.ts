/** Owns which habits of a language are meant: those of the person's own region, where the browser tells it. */

/** "en-GB" for "en" in a browser that prefers British English; "en" where it says nothing of English. */
export function regionOf(language: string, preferred = preferredLanguages()): string {
  return preferred.find((each) => speaks(each, language)) ?? language;
}

/** What the person asked their browser for, best first. */
export function preferredLanguages(): readonly string[] {
  return globalThis.navigator?.languages ?? [];
}

/** Whether "de-AT" is "de". */
export function speaks(tag: string, language: string): boolean {
  return tag.toLowerCase().split('-')[0] === language.toLowerCase().split('-')[0];
}
