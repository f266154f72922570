/**
 * Owns how a device's settings reach its styles: as `data-scheme` and `data-density` of the root. `public/firstPaint.js`
 * does the same before this code is there, so that nothing flashes; both are held to each other by a test.
 */
import type { Settings, SettingsStore } from './settings.ts';

/** Applies them now and on every change; returns its undo. */
export function followLook(settings: SettingsStore, page: Document): () => void {
  const apply = () => applyLook(settings.getSnapshot(), page);
  apply();
  return settings.subscribe(apply);
}

export function applyLook({ scheme, density }: Settings, page: Document): void {
  const { dataset } = page.documentElement;
  if (scheme === 'system') delete dataset.scheme;
  else dataset.scheme = scheme;
  dataset.density = density;
  for (const meta of page.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    const own = meta.dataset.scheme;
    meta.media =
      scheme === 'system' ? `(prefers-color-scheme: ${own})` : scheme === own ? 'all' : 'not all';
  }
}
