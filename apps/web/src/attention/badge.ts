/** Owns how many messages wait, on the tab's icon and on the app's: one drawing for both colour schemes. */
export function showBadge(count: number, page: Document): void {
  const icon = page.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href =
    count === 0 ? '/favicon.svg' : `data:image/svg+xml,${encodeURIComponent(draw(count))}`;
  if (icon !== null && icon.getAttribute('href') !== href) icon.setAttribute('href', href);
  const { navigator } = globalThis;
  const told = count === 0 ? navigator.clearAppBadge?.() : navigator.setAppBadge?.(count);
  // Refused where the app is not installed.
  told?.catch(() => {});
}

function draw(count: number): string {
  const text = count > 99 ? '99+' : String(count);
  const width = 8 + text.length * 7;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="9" fill="#4a4fd3"/><path d="M8 11.5A3.5 3.5 0 0 1 11.5 8h9a3.5 3.5 0 0 1 3.5 3.5v6a3.500 3.500 0 0 1-3.500 3.500h-4.300L11 25v-4a3.500 3.500 0 0 1-3-3.500z" fill="#fff"/><rect x="${32 - width}" y="16" width="${width}" height="16" rx="8" fill="#c4291f" stroke="#fff" stroke-width="1.500"/><text x="${32 - width / 2}" y="28.200" fill="#fff" font-family="sans-serif" font-size="12" font-weight="700" text-anchor="middle">${text}</text></svg>`;
}
