/**
 * Owns who is at the other end: address, and whether the page that opened the socket may. Behind proxies, only the
 * `trustProxy` last hops of `X-Forwarded-For` are believed: the rest is the client's own word.
 */
import type { IncomingMessage } from 'node:http';

/** Allowed origins besides none at all; `same`: only the server's own. */
export type Origins = 'same' | readonly string[];

export function addressOf(request: IncomingMessage, trustProxy: number): string {
  const direct = request.socket.remoteAddress ?? '';
  if (trustProxy <= 0) return direct;
  const hops = [...listOf(request.headers['x-forwarded-for']), direct];
  return hops[Math.max(0, hops.length - 1 - trustProxy)] ?? direct;
}

/** A client that sends no Origin is no browser, and cannot be made to act by a foreign page. */
export function mayOpen(request: IncomingMessage, origins: Origins, trustProxy: number): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  if (origins !== 'same' && origins.includes(origin)) return true;
  const forwarded = trustProxy > 0 ? listOf(request.headers['x-forwarded-host']).at(-1) : undefined;
  const host = forwarded ?? request.headers.host;
  if (host === undefined || !URL.canParse(origin)) return false;
  return (
    new URL(origin).host === host.toLowerCase().replace(/:(80|443)$/, '') ||
    new URL(origin).host === host.toLowerCase()
  );
}

function listOf(header: string | string[] | undefined): string[] {
  const text = Array.isArray(header) ? header.join(',') : (header ?? '');
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
