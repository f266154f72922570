/** The program that is measured as Socket.IO: one room, WebSocket only, no compression; with `durable` it saves first. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { serveBench } from '../load/process.ts';
import { eventOf } from './event.ts';
import { userIdOf } from './names.ts';
import { openPeerDatabase } from './peerDatabase.ts';
import type { Crowd } from './seed.ts';

const { durable, ...crowd } = JSON.parse(process.argv[2] ?? '{}') as Crowd & { durable: boolean };
const database = durable ? await openPeerDatabase(crowd) : null;
const server = createServer();
const io = new Server(server, {
  transports: ['websocket'],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});
let sent = 0;
io.on('connection', (socket) => {
  void socket.join('conversation');
  socket.on(
    'send',
    (message: { id: string; content: string }, acknowledge: (a: object) => void) => {
      const { seq } = database?.save(message) ?? { seq: ++sent };
      acknowledge({ seq });
      socket.to('conversation').emit('event', eventOf(seq, userIdOf(0, 0), message.content));
    },
  );
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  serveBench({ port: (server.address() as AddressInfo).port }, async () => {
    await io.close();
    await database?.close();
  });
});
