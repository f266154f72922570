/** Owns what is compared, and what each promises: guarantees are never mixed without being named. */
import { type Dialect, natterDialect, socketIoDialect, wsDialect } from './dialects.ts';

export interface Subject {
  name: string;
  /** `durable`: told only after it is on disk. `none`: fire and forget. */
  guarantee: 'durable' | 'none';
  server: URL;
  options: object;
  /** For its Node. */
  nodeFlags?: readonly string[];
  dialect: Dialect;
}

const file = (name: string) => new URL(`./${name}.server.ts`, import.meta.url);

export const natter: Subject = {
  name: 'Natter',
  guarantee: 'durable',
  server: file('natter'),
  options: {},
  dialect: natterDialect,
};

export const natterAtOnce: Subject = {
  ...natter,
  name: 'Natter, every event written at once',
  nodeFlags: [`--import=${new URL('./atOnce.ts', import.meta.url)}`],
};

export const socketIoDurable: Subject = {
  name: 'Socket.IO, same SQLite write',
  guarantee: 'durable',
  server: file('socketIo'),
  options: { durable: true },
  dialect: socketIoDialect,
};

export const socketIo: Subject = {
  name: 'Socket.IO',
  guarantee: 'none',
  server: file('socketIo'),
  options: { durable: false },
  dialect: socketIoDialect,
};

export const ws: Subject = {
  name: 'ws',
  guarantee: 'none',
  server: file('ws'),
  options: {},
  dialect: wsDialect,
};

export const raw: Subject = {
  name: 'raw writes',
  guarantee: 'none',
  server: file('raw'),
  options: { batching: false },
  dialect: wsDialect,
};

export const rawBatched: Subject = {
  name: 'raw writes, same batching',
  guarantee: 'none',
  server: file('raw'),
  options: { batching: true },
  dialect: wsDialect,
};
