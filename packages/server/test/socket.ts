/** Owns a client's end of a socket for tests: calls by hand, and everything that arrived, in order. */
import type { ErrorBody, HelloResult, ServerEvent } from '@natter/protocol';
import { type RawData, WebSocket } from 'ws';

export type Frame = {
  id?: number | null;
  result?: unknown;
  error?: ErrorBody;
  event?: ServerEvent;
};

export interface TestSocket {
  readonly raw: WebSocket;
  readonly frames: Frame[];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** The result; rejects with the `ErrorBody`. */
  call<Result = Record<string, unknown>>(method: string, params: unknown): Promise<Result>;
  /** What a call is refused with. */
  refusal(method: string, params: unknown): Promise<ErrorBody>;
  send(text: string | Uint8Array): void;
  /** The first frame that fits, of those that came and those to come. */
  frame(fits: (frame: Frame) => boolean): Promise<Frame>;
  event(type: ServerEvent['type']): Promise<ServerEvent>;
  events(type?: ServerEvent['type']): ServerEvent[];
  /** Resolves when everything the server has written to this socket by now has arrived. */
  settled(): Promise<void>;
  hello(token: string, more?: object): Promise<HelloResult>;
  close(): Promise<void>;
  terminate(): void;
}

export async function openSocket(
  url: string,
  {
    headers = {},
    protocols = ['natter.v1'],
  }: { headers?: Record<string, string>; protocols?: string[] } = {},
): Promise<TestSocket> {
  const raw = new WebSocket(url, protocols, { headers, perMessageDeflate: false });
  const frames: Frame[] = [];
  const waiting = new Set<{
    fits: (frame: Frame) => boolean;
    resolve: (frame: Frame) => void;
    reject: (error: unknown) => void;
  }>();
  let nextId = 1;

  raw.on('message', (data: RawData) => {
    const frame = JSON.parse(data.toString()) as Frame;
    frames.push(frame);
    for (const waiter of [...waiting]) {
      if (!waiter.fits(frame)) continue;
      waiting.delete(waiter);
      waiter.resolve(frame);
    }
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    raw.on('close', (code, reason) => {
      for (const waiter of waiting)
        waiter.reject(new Error(`the socket closed with ${code} ${reason}`));
      waiting.clear();
      resolve({ code, reason: reason.toString() });
    });
  });
  await new Promise<void>((resolve, reject) => {
    raw.once('open', resolve);
    raw.once('error', reject);
  });
  raw.on('error', () => {});

  const socket: TestSocket = {
    raw,
    frames,
    closed,
    async call<Result>(method: string, params: unknown) {
      const id = nextId++;
      raw.send(JSON.stringify({ id, method, params }));
      const { result, error } = await socket.frame((frame) => frame.id === id);
      if (error !== undefined) throw error;
      return result as Result;
    },
    refusal: async (method, params) =>
      await socket.call(method, params).then(
        () => Promise.reject(new Error(`${method} was not refused`)),
        (error: ErrorBody) => error,
      ),
    send: (data) => raw.send(data),
    async frame(fits) {
      const known = frames.find(fits);
      if (known !== undefined) return known;
      return await new Promise<Frame>(
        (resolve, reject) => void waiting.add({ fits, resolve, reject }),
      );
    },
    async event(type) {
      const { event } = await socket.frame((frame) => frame.event?.type === type);
      if (event === undefined) throw new Error('unreachable');
      return event;
    },
    events: (type) =>
      frames.flatMap(({ event }) =>
        event !== undefined && (type === undefined || event.type === type) ? [event] : [],
      ),
    settled: async () => void (await socket.call('getUsers', { ids: [] })),
    hello: async (token, more = {}) => await socket.call<HelloResult>('hello', { token, ...more }),
    async close() {
      raw.close();
      await closed;
    },
    terminate: () => raw.terminate(),
  };
  return socket;
}
