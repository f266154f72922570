/** Owns calling Natter and reading the answer, where what is measured is the answer and not the reading of it. */
import type { HelloResult } from '@natter/protocol';
import { maskFrame } from '../load/frames.ts';
import { type LoadSocket, openSocket } from '../load/socket.ts';
import { natterDialect } from './dialects.ts';

const waiting = new WeakMap<LoadSocket, (text: Buffer) => void>();

export async function sayHello(
  port: number,
  params: { token: string; since?: string; epoch?: string },
): Promise<{ socket: LoadSocket; hello: HelloResult }> {
  const { path, subprotocol = '' } = natterDialect;
  const socket = await openSocket({
    port,
    path,
    subprotocol,
    onText: (text, self) => waiting.get(self)?.(text),
  });
  return { socket, hello: await call<HelloResult>(socket, 'hello', params) };
}

/** One call at a time; events meanwhile are passed over. */
export function call<Result>(socket: LoadSocket, method: string, params: object): Promise<Result> {
  return new Promise((resolve, reject) => {
    waiting.set(socket, (text) => {
      const { id, result, error } = JSON.parse(text.toString()) as {
        id?: number;
        result?: Result;
        error?: { code: string };
      };
      if (id !== 1) return;
      waiting.delete(socket);
      if (result === undefined) reject(new Error(`unable to call ${method}: ${error?.code}`));
      else resolve(result);
    });
    socket.send(maskFrame(JSON.stringify({ id: 1, method, params })));
  });
}
