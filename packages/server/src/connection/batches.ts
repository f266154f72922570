/**
 * Owns what waits to be written: a chain of frames. Most sockets of a conversation wait for the same events in the same
 * order; they share the chain, which is then made once and joined once for all of them.
 */

/** `reply` and `page` are awaited by somebody; `lossy` may be dropped. */
export type Kind = 'lossy' | 'durable' | 'reply' | 'page';

/** Ends with `frame`; never changed. */
export interface Batch {
  readonly before: Batch | null;
  readonly frame: Buffer;
  readonly kind: Kind;
  /** Of the whole chain. */
  readonly frames: number;
  readonly bytes: number;
  /** Of them in pages, which are bounded by whoever asks for them. */
  readonly pageBytes: number;
}

export interface Batches {
  /** The same for the same frame behind the same batch, as long as no other was asked for meanwhile. */
  append(before: Batch | null, frame: Buffer, kind: Kind): Batch;
  /** The bytes in as few buffers as is cheap. The list is not changed afterwards. */
  join(batch: Batch): readonly Buffer[];
}

/** Copying more costs more than writing it apart. */
const joinedBytesMax = 65_536;

export function createBatches(): Batches {
  let appended: Batch | null = null;
  let last: { batch: Batch; joined: readonly Buffer[] } | null = null;
  return {
    append(before, frame, kind) {
      const known = appended;
      if (known !== null && known.frame === frame && known.before === before && known.kind === kind)
        return known;
      appended = {
        before,
        frame,
        kind,
        frames: (before?.frames ?? 0) + 1,
        bytes: (before?.bytes ?? 0) + frame.length,
        pageBytes: (before?.pageBytes ?? 0) + (kind === 'page' ? frame.length : 0),
      };
      return appended;
    },
    join(batch) {
      if (last !== null && isSame(batch, last.batch)) return last.joined;
      const frames = framesOf(batch);
      const isJoined = frames.length > 1 && batch.bytes <= joinedBytesMax;
      last = { batch, joined: isJoined ? [Buffer.concat(frames, batch.bytes)] : frames };
      return last.joined;
    },
  };
}

/** In their order. */
export function entriesOf(batch: Batch | null): Batch[] {
  const entries: Batch[] = [];
  for (let entry = batch; entry !== null; entry = entry.before) entries.push(entry);
  return entries.reverse();
}

function framesOf(batch: Batch): Buffer[] {
  return batch.before === null ? [batch.frame] : entriesOf(batch).map(({ frame }) => frame);
}

function isSame(batch: Batch, other: Batch): boolean {
  if (batch.frames !== other.frames) return false;
  let [some, others]: [Batch | null, Batch | null] = [batch, other];
  while (some !== null && others !== null && some !== others) {
    if (some.frame !== others.frame) return false;
    some = some.before;
    others = others.before;
  }
  return true;
}
