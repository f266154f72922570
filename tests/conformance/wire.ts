/** Owns a bare client of the wire: it sends what it is told, keeps all it gets, and repairs nothing. */
import type {
  ErrorBody,
  HelloParams,
  HelloResult,
  Method,
  Params,
  Result,
  ServerEvent,
} from '@natter/protocol';
import { WebSocket } from 'ws';

/** How long a test waits for what must come. Never how long it waits to see that nothing does. */
const patienceMs = 8_000;

export interface Closed {
  code: number;
  reason: string;
}

export type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>;

export interface Wire {
  /** Every frame received, as text. */
  readonly frames: readonly string[];
  /** Every event received, in order. */
  readonly events: readonly ServerEvent[];
  readonly closed: Promise<Closed>;
  readonly isOpen: boolean;
  readonly protocol: string;
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Calls what must be refused; rejects when it is accepted. */
  refused(method: string, params?: unknown): Promise<ErrorBody>;
  /** The event that fits, received already or to come; each is given once. */
  next<Type extends ServerEvent['type']>(
    type: Type,
    fits?: (event: EventOf<Type>) => boolean,
  ): Promise<EventOf<Type>>;
  /** Refusals of frames without a usable id. */
  nextFault(): Promise<ErrorBody>;
  sendRaw(data: string | Buffer): void;
  close(): Promise<void>;
  /** Cuts the connection without saying goodbye. */
  cut(): void;
}

interface Frame {
  id?: number | null;
  result?: unknown;
  error?: ErrorBody;
  event?: ServerEvent;
}

export function socketUrl(url: string): string {
  return `${url.replace(/^http/, 'ws')}/v1/socket`;
}

/** Resolves when the socket is open; rejects with the HTTP status when the upgrade is refused. */
export async function openWire(
  url: string,
  options: { origin?: string; query?: string; protocols?: string[] } = {},
): Promise<Wire> {
  const socket = new WebSocket(
    `${socketUrl(url)}${options.query ?? ''}`,
    options.protocols ?? ['natter.v1'],
    {
      perMessageDeflate: false,
      ...(options.origin === undefined ? {} : { origin: options.origin }),
    },
  );
  const frames: string[] = [];
  const events: ServerEvent[] = [];
  const given = new Set<ServerEvent>();
  const faults: ErrorBody[] = [];
  const replies = new Map<number, { resolve(frame: Frame): void; reject(error: Error): void }>();
  const watchers = new Set<() => void>();
  let lastId = 0;

  const closed = new Promise<Closed>((resolve) => {
    socket.on('close', (code, reason) => {
      for (const { reject } of replies.values())
        reject(new Error(`closed with ${code} ${reason} before the reply`));
      replies.clear();
      resolve({ code, reason: reason.toString() });
    });
  });
  socket.on('message', (data) => {
    const text = data.toString();
    frames.push(text);
    const frame: Frame = JSON.parse(text);
    if (frame.event !== undefined) events.push(frame.event);
    else if (typeof frame.id === 'number') {
      replies.get(frame.id)?.resolve(frame);
      replies.delete(frame.id);
    } else if (frame.error !== undefined) faults.push(frame.error);
    for (const look of [...watchers]) look();
  });
  socket.on('error', () => {});
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, response) => {
      reject(new Error(`upgrade refused with ${response.statusCode}`));
      response.destroy();
    });
    socket.once('error', reject);
  });

  /** Looks now and after every frame, until found. */
  const wait = <T>(what: string, find: () => T | undefined) =>
    new Promise<T>((resolve, reject) => {
      const look = () => {
        const found = find();
        if (found === undefined) return;
        done();
        resolve(found);
      };
      const done = () => {
        watchers.delete(look);
        clearTimeout(timer);
      };
      const timer = setTimeout(() => {
        done();
        reject(
          new Error(
            `no ${what} within ${patienceMs} ms; the last frames were:\n${frames.slice(-8).join('\n')}`,
          ),
        );
      }, patienceMs);
      watchers.add(look);
      look();
    });

  const send = (method: string, params?: unknown) =>
    new Promise<Frame>((resolve, reject) => {
      const id = ++lastId;
      const timer = setTimeout(
        () => reject(new Error(`no reply to ${method} within ${patienceMs} ms`)),
        patienceMs,
      );
      replies.set(id, {
        resolve(frame) {
          clearTimeout(timer);
          resolve(frame);
        },
        reject(error) {
          clearTimeout(timer);
          reject(error);
        },
      });
      socket.send(JSON.stringify({ id, method, params }));
    });

  return {
    frames,
    events,
    closed,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN;
    },
    get protocol() {
      return socket.protocol;
    },
    async call(method, params) {
      const frame = await send(method, params);
      if (frame.error !== undefined) throw new Refused(method, frame.error);
      return frame.result as Result<typeof method>;
    },
    async refused(method, params) {
      const frame = await send(method, params);
      if (frame.error === undefined)
        throw new Error(`${method} was accepted: ${JSON.stringify(frame.result)}`);
      return frame.error;
    },
    next<Type extends ServerEvent['type']>(
      type: Type,
      fits: (event: EventOf<Type>) => boolean = () => true,
    ) {
      const isIt = (event: ServerEvent): event is EventOf<Type> =>
        event.type === type && !given.has(event) && fits(event as EventOf<Type>);
      return wait(type, () => {
        const found = events.find(isIt);
        if (found !== undefined) given.add(found);
        return found;
      });
    },
    nextFault: () => wait('refusal without id', () => faults.shift()),
    sendRaw: (data) => socket.send(data),
    async close() {
      socket.close();
      await closed;
    },
    cut: () => socket.terminate(),
  };
}

/** Opens a socket and says hello. */
export async function connect(
  url: string,
  hello: Omit<HelloParams, 'token'> & { token: string },
): Promise<{ wire: Wire; hello: HelloResult }> {
  const wire = await openWire(url);
  return { wire, hello: await wire.call('hello', hello) };
}

/** A refusal by the server, for a call that had to be accepted. */
export class Refused extends Error {
  readonly body: ErrorBody;

  constructor(method: string, body: ErrorBody) {
    super(`${method} was refused with ${body.code}: ${body.message}`);
    this.body = body;
  }
}
