/**
 * Owns what a node counts since it started. Rooms add to plain numbers, which costs them nothing; whoever wants to know
 * reads them. No name of a person or a conversation is among the keys, so it never grows.
 */
import { closeCodes, type ErrorCode, errors } from '@natter/protocol';

/** `normal`: the client's own leave; `lost`: without a word; `other`: a code that is not ours. */
export type CloseName = keyof typeof closeCodes | 'normal' | 'lost' | 'other';

export interface Counters {
  connectionsOpened: number;
  connectionsClosed: Record<CloseName, number>;
  /** `resumed`: told what changed; `afresh`: told to load everything. */
  hellos: Record<'resumed' | 'afresh' | 'refused', number>;
  /** By method, whatever became of them. */
  calls: Record<string, number>;
  refusals: Record<ErrorCode, number>;
  /** Events told to a socket, each socket counted. */
  deliveries: number;
  /** Written to sockets: frames, without what TLS and TCP add. */
  outboundBytes: number;
  ephemeralDropped: number;
  slowConsumers: number;
  /** How often somebody's conversations were compared with the database, because something may have been missed. */
  repairs: number;
  /** How often messages of other nodes may have been missed. */
  busGaps: number;
}

export function createCounters(methods: readonly string[] = []): Counters {
  const none = <Key extends string>(keys: readonly Key[]) =>
    Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
  return {
    connectionsOpened: 0,
    connectionsClosed: none(['normal', 'lost', 'other', ...namesOf(closeCodes)]),
    hellos: none(['resumed', 'afresh', 'refused']),
    calls: none(methods),
    refusals: none(namesOf(errors)),
    deliveries: 0,
    outboundBytes: 0,
    ephemeralDropped: 0,
    slowConsumers: 0,
    repairs: 0,
    busGaps: 0,
  };
}

const byCode = new Map<number, CloseName>([
  ...namesOf(closeCodes).map((name) => [closeCodes[name], name] as const),
  [1000, 'normal'],
  [1001, 'normal'],
  [1005, 'normal'],
  [1006, 'lost'],
]);

export function closeNameOf(code: number): CloseName {
  return byCode.get(code) ?? 'other';
}

function namesOf<Of extends object>(table: Of): (keyof Of & string)[] {
  return Object.keys(table) as (keyof Of & string)[];
}
