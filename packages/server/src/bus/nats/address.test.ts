import { expect, test } from 'vitest';
import { readNatsUrl } from './address.ts';

const plain = {
  servers: ['nats.internal:4222'],
  sign: { by: 'nothing' },
  tls: null,
  prefix: 'natter',
};

test.each([
  ['nats://nats.internal', plain],
  ['nats://nats.internal:4222/', plain],
  ['nats://[::1]:1', { ...plain, servers: ['[::1]:1'] }],
  ['nats://one,two:5222', { ...plain, servers: ['one:4222', 'two:5222'] }],
  [
    'nats://me:p%40ss%3A@one,two',
    {
      ...plain,
      servers: ['one:4222', 'two:4222'],
      sign: { by: 'password', user: 'me', password: 'p@ss:' },
    },
  ],
  ['nats://100%25@nats.internal', { ...plain, sign: { by: 'token', token: '100%' } }],
  ['nats://100%@nats.internal', { ...plain, sign: { by: 'token', token: '100%' } }],
  ['nats://nats.internal?prefix=team.blue-1', { ...plain, prefix: 'team.blue-1' }],
  ['nats://nats.internal?creds=/a.creds', { ...plain, sign: { by: 'creds', file: '/a.creds' } }],
  ['nats://nats.internal?nkey=/a.nk', { ...plain, sign: { by: 'nkey', file: '/a.nk' } }],
  ['tls://nats.internal', { ...plain, tls: {} }],
  [
    'tls://nats.internal?ca=/ca.pem&cert=/c.pem&key=/k.pem',
    { ...plain, tls: { caFile: '/ca.pem', certFile: '/c.pem', keyFile: '/k.pem' } },
  ],
])('%s is taken', (text, value) => {
  expect(readNatsUrl(text)).toEqual({ value });
});

test.each([
  ['nats.internal:4222', 'must be a nats:// or tls:// address'],
  ['http://nats.internal', 'must be a nats:// or tls:// address'],
  ['nats://', 'must be a nats:// or tls:// address'],
  ['nats://one/path', 'must be a nats:// or tls:// address'],
  ['nats://one,', 'must be a nats:// or tls:// address'],
  ['nats://one,*', 'must be a nats:// or tls:// address'],
  ['nats://one:70000', 'must be a nats:// or tls:// address'],
  ['nats://me:hush@one,me:hush@two', 'must be a nats:// or tls:// address'],
  [`nats://${'a'.repeat(5_000)}`, 'must be a nats:// or tls:// address'],
  [`nats://${Array(33).fill('a').join(',')}`, 'at most 32 servers'],
  ['nats://one?prefix=a.*', 'must have a prefix of letters'],
  ['nats://one?prefix=', 'each with a value'],
  ['nats://one?colour=red', 'can have only prefix'],
  ['nats://one?prefix=a&prefix=b', 'can have only prefix'],
  ['nats://@one', 'must not have an empty user'],
  ['nats://me:@one', 'must not have an empty user'],
  ['nats://me:hush@one?creds=/a', 'must sign in by one means'],
  ['nats://one?creds=/a&nkey=/b', 'must sign in by one means'],
  ['nats://one?ca=/a', 'must be a tls:// address'],
  ['tls://one?cert=/a', 'must have cert and key both'],
])('%s is refused', (text, problem) => {
  const reading = readNatsUrl(text);
  expect(reading).toEqual({ problem: expect.stringContaining(problem) });
  expect(JSON.stringify(reading)).not.toContain('hush');
});
