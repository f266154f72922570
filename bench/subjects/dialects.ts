/** Owns how each server is spoken to: what opens it, what a send looks like, what an answer says. */
import { subprotocol } from '@natter/protocol';
import { maskFrame } from '../load/frames.ts';
import { contentOf, conversationIdOf, messageIdOf, numberIn } from './names.ts';

export type Heard =
  | { kind: 'ready' }
  | { kind: 'say'; frame: Buffer }
  | { kind: 'acknowledged'; at: number }
  /** Whose content has this number. */
  | { kind: 'event'; at: number }
  | { kind: 'refused'; why: string }
  | { kind: 'other' };

export interface Dialect {
  path: string;
  subprotocol?: string;
  /** What signs in; null where the server speaks first. */
  signIn(userId: string): Buffer | null;
  /** `at`: no two of one server have the same. */
  send(at: number, conversation: number, bytes: number): Buffer;
  read(text: Buffer): Heard;
}

interface NatterFrame {
  id?: number;
  error?: { code: string; message: string };
  event?: { type: string; message?: { content: string } };
}

const helloId = 0;

export const natterDialect: Dialect = {
  path: '/v1/socket',
  subprotocol,
  signIn: (userId) =>
    maskFrame(JSON.stringify({ id: helloId, method: 'hello', params: { token: userId } })),
  send(at, conversation, bytes) {
    const params = {
      id: messageIdOf(at),
      conversationId: conversationIdOf(conversation),
      content: contentOf(at, bytes),
    };
    return maskFrame(JSON.stringify({ id: at + 1, method: 'sendMessage', params }));
  },
  read(text) {
    const { id, error, event } = JSON.parse(text.toString()) as NatterFrame;
    if (error !== undefined) return { kind: 'refused', why: `${error.code}: ${error.message}` };
    if (event !== undefined)
      return event.type === 'newMessage' ? numbered(text) : { kind: 'other' };
    return id === helloId ? { kind: 'ready' } : { kind: 'acknowledged', at: (id ?? 0) - 1 };
  },
};

/** The raw control speaks it too. */
export const wsDialect: Dialect = {
  path: '/',
  signIn: () => null,
  send: (at, _, bytes) =>
    maskFrame(JSON.stringify({ id: messageIdOf(at), at, content: contentOf(at, bytes) })),
  read(text) {
    const { ready, acknowledged } = JSON.parse(text.toString()) as {
      ready?: true;
      acknowledged?: number;
    };
    if (ready) return { kind: 'ready' };
    if (acknowledged !== undefined) return { kind: 'acknowledged', at: acknowledged };
    return numbered(text);
  },
};

/** Engine.IO 4 by WebSocket alone; Socket.IO 5. */
export const socketIoDialect: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  signIn: () => null,
  send: (at, _, bytes) =>
    maskFrame(
      `42${at}${JSON.stringify(['send', { id: messageIdOf(at), content: contentOf(at, bytes) }])}`,
    ),
  read(text) {
    const packet = text.toString();
    if (packet.startsWith('0')) return { kind: 'say', frame: maskFrame('40') };
    if (packet === '2') return { kind: 'say', frame: maskFrame('3') };
    if (packet.startsWith('40')) return { kind: 'ready' };
    if (packet.startsWith('43'))
      return { kind: 'acknowledged', at: Number.parseInt(packet.slice(2), 10) };
    if (!packet.startsWith('42')) return { kind: 'refused', why: packet };
    JSON.parse(packet.slice(2));
    return numbered(text);
  },
};

function numbered(text: Buffer): Heard {
  return { kind: 'event', at: numberIn(text) };
}
