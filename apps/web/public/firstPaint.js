/* Owns the first paint: the colours and density that this device is set to, before the app is there. See applyLook.ts. */
try {
  const { scheme, density } = JSON.parse(localStorage.getItem('natter.settings') ?? '{}');
  const { dataset } = document.documentElement;
  if (scheme === 'light' || scheme === 'dark') dataset.scheme = scheme;
  dataset.density = density === 'compact' ? 'compact' : 'comfortable';
} catch {
  // Nothing that can be read: the app applies the standard ones.
}
