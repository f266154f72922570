/** Owns taking the port, and saying plainly why it cannot be taken. */
import type { Server } from 'node:http';
import { StartError, systemCode } from './startError.ts';

export interface Listening {
  port: number;
  /** Works from this machine. */
  localUrl: string;
}

interface Place {
  port: number;
  host: string;
  /** What somebody has to change where it cannot be had. */
  settings?: { port: string; host: string };
}

export async function listen(
  server: Server,
  { port, host, settings = { port: 'NATTER_PORT', host: 'NATTER_HOST' } }: Place,
): Promise<Listening> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(refusal(error, { port, host, settings })));
    server.listen({ port, host }, resolve);
  });
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : port;
  return { port: taken, localUrl: `http://${nameOf(host)}:${taken}` };
}

function refusal(error: Error, { port, host, settings }: Required<Place>): StartError {
  const cause = { cause: error };
  switch (systemCode(error)) {
    case 'EADDRINUSE':
      return new StartError(
        `port ${port} is in use by another program, perhaps by another Natter; stop that one, or set ${settings.port} to another number`,
        cause,
      );
    case 'EACCES':
      return new StartError(
        `this user may not listen on port ${port}; set ${settings.port} to 1024 or more`,
        cause,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartError(
        `this machine has no address ${host}; set ${settings.host} to one of its own, or to 0.0.0.0 for all`,
        cause,
      );
    default:
      return new StartError(
        `unable to listen on ${host}, port ${port}: ${error.message}; see ${settings.host} and ${settings.port}`,
        cause,
      );
  }
}

/** How this machine reaches what listens on `host`. */
function nameOf(host: string): string {
  if (['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
