/** Owns one connection to NATS as it is asked for: who signs in and how, how soon a lost one is noticed and dialled again. */
import { readFileSync } from 'node:fs';
import {
  type Authenticator,
  ConnectionError,
  connect,
  credsAuthenticator,
  type NatsConnection,
  nkeyAuthenticator,
  TimeoutError,
} from '@nats-io/transport-node';
import { unreachable } from '@natter/protocol';
import type { Random } from '../../runtime/contract.ts';
import type { NatsAddress, NatsSign } from './address.ts';

const dialMs = 5_000;
/** A connection that went without a word is noticed after two of them. */
const pingMs = 5_000;
const pingsUnansweredMax = 2;
/** Nodes that lost one server at one time come back spread over this. */
const redialMsMin = 100;
const redialMsMax = 2_000;

export function redialMs(random: Random): number {
  return redialMsMin + Math.floor(random.fraction() * (redialMsMax - redialMsMin));
}

/** Rejects when a file of the address cannot be read, or nobody answers. Once connected it dials again for ever by itself. */
export async function dial(address: NatsAddress, random: Random): Promise<NatsConnection> {
  return await connect({
    name: 'natter',
    servers: [...address.servers],
    // This node's subscribers are told here, without the way to NATS and back.
    noEcho: true,
    ...signIn(address.sign),
    ...(address.tls === null ? {} : { tls: address.tls }),
    timeout: dialMs,
    pingInterval: pingMs,
    maxPingOut: pingsUnansweredMax,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => redialMs(random),
    // A password that is changed on the server first is refused for a while.
    ignoreAuthErrorAbort: true,
  });
}

/** Files are read at each sign-in, so that a renewed one counts. */
function signIn(sign: NatsSign): {
  user?: string;
  pass?: string;
  token?: string;
  authenticator?: Authenticator;
} {
  switch (sign.by) {
    case 'nothing':
      return {};
    case 'password':
      return { user: sign.user, pass: sign.password };
    case 'token':
      return { token: sign.token };
    case 'creds':
      return { authenticator: credsAuthenticator(() => readFileSync(sign.file)) };
    case 'nkey':
      return { authenticator: nkeyAuthenticator(() => readSeed(sign.file)) };
    default:
      return unreachable(sign);
  }
}

function readSeed(file: string): Uint8Array {
  return Buffer.from(readFileSync(file, 'utf8').trim());
}

const awayCodes = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
];

/** Whether it may be only that no NATS is there now: then waiting helps. All else is for somebody to put right. */
export function isAway(error: unknown): boolean {
  if (error instanceof TimeoutError) return true;
  // A proxy before NATS that takes a connection and closes it gives no reason.
  if (error instanceof ConnectionError && error.message.includes('undefined error')) return true;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && awayCodes.includes(String(cause.code))) return true;
  }
  return false;
}
