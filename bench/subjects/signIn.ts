/** Owns opening sockets that are signed in, many at a time but not all at once. */
import { type LoadSocket, openSocket } from '../load/socket.ts';
import type { Dialect, Heard } from './dialects.ts';

export interface SignedIn {
  socket: LoadSocket;
  /** Replaced by whoever measures. */
  onHeard: (heard: Heard) => void;
}

const atOnce = 100;

export async function signIn(dialect: Dialect, port: number, userId: string): Promise<SignedIn> {
  const { path, subprotocol } = dialect;
  const ready = Promise.withResolvers<void>();
  let onHeard: SignedIn['onHeard'] = (heard) => {
    if (heard.kind === 'ready') ready.resolve();
    if (heard.kind === 'refused') ready.reject(new Error(`unable to sign in: ${heard.why}`));
  };
  const socket = await openSocket({
    port,
    path,
    ...(subprotocol === undefined ? {} : { subprotocol }),
    onText(text, self) {
      const heard = dialect.read(text);
      if (heard.kind === 'say') self.send(heard.frame);
      else onHeard(heard);
    },
  });
  const hello = dialect.signIn(userId);
  if (hello !== null) socket.send(hello);
  await ready.promise;
  return {
    socket,
    set onHeard(listener) {
      onHeard = listener;
    },
    get onHeard() {
      return onHeard;
    },
  };
}

export async function signInAll(
  dialect: Dialect,
  port: number,
  userIds: readonly string[],
): Promise<SignedIn[]> {
  const all: SignedIn[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < userIds.length; at = next++)
      all[at] = await signIn(dialect, port, userIds[at] ?? '');
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return all;
}
