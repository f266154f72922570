import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { addressOf, mayOpen } from './peer.ts';

const request = (headers: Record<string, string>) =>
  ({ headers, socket: { remoteAddress: '10.0.0.1' } }) as unknown as IncomingMessage;

test('[LIMITS4] an address is only believed from as many proxies as there are', () => {
  const forged = request({ 'x-forwarded-for': '1.1.1.1, 2.2.2.2' });
  expect([0, 1, 2, 9].map((trustProxy) => addressOf(forged, trustProxy))).toEqual([
    '10.0.0.1',
    '2.2.2.2',
    '1.1.1.1',
    '1.1.1.1',
  ]);
  expect(addressOf(request({}), 1)).toBe('10.0.0.1');
});

test('[AUTH2] behind a proxy that is trusted, the server’s own name is the one the proxy was asked for', () => {
  const headers = {
    host: 'inner:4600',
    origin: 'https://chat.example',
    'x-forwarded-host': 'chat.example',
  };
  expect(mayOpen(request(headers), 'same', 1)).toBe(true);
  expect(mayOpen(request(headers), 'same', 0)).toBe(false);
  expect(
    mayOpen(request({ host: 'chat.example:443', origin: 'https://chat.example' }), 'same', 0),
  ).toBe(true);
  expect(mayOpen(request({ host: 'chat.example', origin: 'not a url' }), 'same', 0)).toBe(false);
});
