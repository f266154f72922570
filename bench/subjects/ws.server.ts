/** The program that is measured as plain `ws`: the broadcast of its own documentation. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveBench } from '../load/process.ts';
import { eventOf } from './event.ts';
import { userIdOf } from './names.ts';

const server = new WebSocketServer({
  port: 0,
  host: '127.0.0.1',
  backlog: 4_096,
  perMessageDeflate: false,
});
let sent = 0;
server.on('connection', (socket) => {
  socket.send('{"ready":true}');
  socket.on('message', (data: Buffer) => {
    const { at, content } = JSON.parse(data.toString()) as { at: number; content: string };
    socket.send(JSON.stringify({ acknowledged: at }));
    const text = JSON.stringify({ event: eventOf(++sent, userIdOf(0, 0), content) });
    for (const client of server.clients) {
      if (client !== socket && client.readyState === client.OPEN) client.send(text);
    }
  });
});
server.on('listening', () => {
  serveBench({ port: (server.address() as AddressInfo).port }, async () => server.close());
});
