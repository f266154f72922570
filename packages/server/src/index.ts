/** What a host application uses. */
export type { Authenticate, Identity } from './auth/contract.ts';
export { createJwtAuthenticate, type JwtOptions } from './auth/jwt.ts';
export type { Bus, Topic } from './bus/contract.ts';
export { createMemoryBus } from './bus/memory/memory.ts';
export { readNatsUrl } from './bus/nats/address.ts';
export { BusError, openNats } from './bus/nats/nats.ts';
export type { CallMethod } from './dispatch/dispatch.ts';
export type { Rate, Rates } from './dispatch/rates.ts';
export { type FileStore, FilesError, type FileVariant } from './files/contract.ts';
export { openDisk } from './files/disk/disk.ts';
export type { Origins } from './http/peer.ts';
export type { ProfileNames } from './profiles/profiles.ts';
export type { Clock, Log, Random, Runtime } from './runtime/contract.ts';
export { silentLog, systemClock, systemRandom } from './runtime/system.ts';
export {
  createNatter,
  type Natter,
  type NatterCounters,
  type NatterOptions,
  type NatterStats,
} from './server.ts';
export {
  type Directory,
  type OnCommit,
  type Revocation,
  type Storage,
  StorageError,
  type StoredRevocation,
} from './storage/contract.ts';
export {
  openPostgres,
  type PostgresOptions,
  renewPostgresEpoch,
} from './storage/postgres/postgres.ts';
export { openPostgresTarget } from './storage/postgres/target.ts';
export { openSqliteSource } from './storage/sqlite/source.ts';
export { openSqlite } from './storage/sqlite/sqlite.ts';
export {
  type Compared,
  compareRows,
  copyRows,
  type Progress,
  type Source,
  tables,
} from './storage/transfer.ts';
