/** Owns which paths are ours. Everything else of the host's server stays with its own handlers. */
export const socketPath = '/v1/socket';

export function pathOf(url: string | undefined): string {
  const path = url ?? '/';
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

export function isOurs(path: string): boolean {
  return (
    path === '/health' ||
    path.startsWith('/health/') ||
    path === '/docs' ||
    path.startsWith('/docs/') ||
    path === '/v1' ||
    path.startsWith('/v1/')
  );
}
