/** Owns asking the browser to keep the app itself, so that it opens without a network too. Left out where it cannot (plain http from another machine). */
export function keepAppOffline(): void {
  if (!import.meta.env.PROD) return;
  navigator.serviceWorker?.register('/serviceWorker.js').catch(() => {
    // The app then needs the network to open, as any page does.
  });
}
