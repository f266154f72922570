/** The wire by hand: sends each line of the input as a frame, prints each frame that comes. Ends with the input. */
import { createInterface } from 'node:readline';

const url = process.argv[2] ?? 'ws://localhost:4600/v1/socket';
const socket = new WebSocket(url, 'natter.v1');
socket.addEventListener('message', ({ data }) => console.log(`< ${data}`));
socket.addEventListener('close', ({ code, reason }) => {
  console.log(`closed: ${code} ${reason}`);
  process.exit();
});
socket.addEventListener('open', () => {
  const input = createInterface({ input: process.stdin });
  input.on('line', (line) => {
    console.log(`> ${line}`);
    socket.send(line);
  });
  input.on('close', () => socket.close(1000));
});
