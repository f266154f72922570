/**
 * Owns a way to NATS that loses and repeats what it brings: only messages to the client, whole ones; everything else
 * passes. Frames: `MSG <subject> <sid> [reply] <bytes>` and `HMSG … <header bytes> <bytes>`, a line, then the payload
 * and a line's end. https://docs.nats.io/reference/reference-protocols/nats-protocol
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export type Fate = 'passes' | 'lost' | 'twice';

export interface NatsProxy {
  readonly port: number;
  /** Of each message from now on. */
  decide(fate: () => Fate): void;
  close(): Promise<void>;
}

export async function startNatsProxy(host: string, natsPort: number): Promise<NatsProxy> {
  let fate = (): Fate => 'passes';
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const nats = connect(natsPort, '127.0.0.1');
    for (const socket of [client, nats]) {
      sockets.add(socket);
      // One end's end is the other's: neither knows of anything between them.
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        nats.destroy();
      });
    }
    client.pipe(nats);
    const split = createSplitter();
    nats.on('data', (chunk: Buffer) => {
      for (const { bytes, isMessage } of split(chunk)) {
        const its = isMessage ? fate() : 'passes';
        if (its !== 'lost') client.write(bytes);
        if (its === 'twice') client.write(bytes);
      }
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    decide(next) {
      fate = next;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

interface Frame {
  bytes: Buffer;
  isMessage: boolean;
}

/** Whole frames as soon as they are there. */
export function createSplitter(): (chunk: Buffer) => Frame[] {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const frames: Frame[] = [];
    for (;;) {
      const lineEnd = rest.indexOf('\r\n');
      if (lineEnd < 0) return frames;
      const words = rest.toString('latin1', 0, lineEnd).split(/\s+/);
      const isMessage = /^H?MSG$/i.test(words[0] ?? '');
      const bytes = lineEnd + 2 + (isMessage ? Number(words.at(-1)) + 2 : 0);
      if (rest.length < bytes) return frames;
      frames.push({ bytes: rest.subarray(0, bytes), isMessage });
      rest = rest.subarray(bytes);
    }
  };
}
