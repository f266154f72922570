/** Owns what an application gives to `createChatClient`, and what is taken when it does not. */

import { limits } from '@natter/protocol';
import type { WebSocketConstructor } from './connection/socket.ts';
import type { GetToken } from './connection/tokens.ts';
import type { Persistence } from './persistence/contract.ts';
import { devicePersistence } from './persistence/device.ts';
import type { Clock, Environment, Random } from './runtime/contract.ts';
import { createSystemClock, createSystemEnvironment, systemRandom } from './runtime/system.ts';

export interface ChatClientOptions {
  /** Where the server is, as `https://chat.example`. Left out or empty: where the page came from. */
  url?: string | undefined;
  /** A current token; null when nobody is signed in. Called once at a time, again when the last one has run out or was refused. */
  getToken: GetToken;
  WebSocket?: WebSocketConstructor | undefined;
  fetch?: typeof fetch | undefined;
  runtime?: { clock?: Clock | undefined; random?: Random | undefined } | undefined;
  environment?: Environment | undefined;
  /**
   * Where history and unsent messages are kept over page loads; null for nowhere. Left out: IndexedDB in a browser,
   * nowhere elsewhere. What is kept is shown before the server has answered only when the token is a JWT (its `sub`
   * says whose it is).
   */
  persistence?: Persistence | null | undefined;
  /**
   * Connect at once; true by default. False where a server renders the page: it would sign in there. Call
   * `client.connection.connect()` in the browser then.
   */
  autoConnect?: boolean | undefined;
  /** Tries in a row before it gives up; unlimited by default. */
  maxAttempts?: number | undefined;
  /** Messages, and conversations, of one page; 50 by default, 100 at most. */
  pageSize?: number | undefined;
}

export interface Settings {
  baseUrl: string;
  socketUrl: string;
  getToken: GetToken;
  WebSocket: WebSocketConstructor;
  fetch: typeof fetch;
  clock: Clock;
  random: Random;
  environment: Environment;
  persistence: Persistence | null;
  autoConnect: boolean;
  maxAttempts: number;
  pageSize: number;
}

export function readOptions(options: ChatClientOptions): Settings {
  const environment = options.environment ?? createSystemEnvironment();
  const baseUrl = (options.url || environment.origin || '').replace(/\/+$/, '');
  if (!/^https?:\/\/[^/]/.test(baseUrl)) {
    throw new TypeError(
      `unable to create a client: url must be an http(s) origin such as https://chat.example, not "${baseUrl}"`,
    );
  }
  const WebSocket =
    options.WebSocket ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket;
  if (WebSocket === undefined)
    throw new TypeError(
      'unable to create a client: there is no WebSocket here (Node has one from 22 on); pass one as options.WebSocket',
    );
  const clock = options.runtime?.clock ?? createSystemClock();
  return {
    baseUrl,
    socketUrl: `${baseUrl.replace(/^http/, 'ws')}/v1/socket`,
    getToken: options.getToken,
    WebSocket,
    // Called as a plain function: a browser's own refuses to be a method of something else.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    clock,
    random: options.runtime?.random ?? systemRandom,
    environment,
    persistence: options.persistence === undefined ? devicePersistence(clock) : options.persistence,
    autoConnect: options.autoConnect ?? true,
    maxAttempts: options.maxAttempts ?? Number.POSITIVE_INFINITY,
    pageSize: Math.min(Math.max(1, options.pageSize ?? limits.pageSizeDefault), limits.pageSizeMax),
  };
}
