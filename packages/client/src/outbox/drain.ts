/**
 * Owns the way out: one under way in each conversation, in order, by one tab at a time. What the device keeps is read
 * again before it is sent, unless no other tab can have touched it. Whoever holds a conversation stops at once when the
 * connection is lost or another tab has passed it by; what it was sending waits again.
 */
import { backoffMs, type ConversationId, type FileId, NatterError } from '@natter/protocol';
import { asError } from '../connection/calls.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { Batch } from '../store/batch.ts';
import type { Item } from './item.ts';
import type { Items } from './items.ts';

export interface DrainPorts {
  runtime: Runtime;
  batch: Batch;
  items: Items;
  startUpload(localId: string): Promise<FileId>;
  /** Null: the server has it. Answered in the turn of the arrival. */
  ask(item: Item, fileIds: readonly FileId[]): Promise<NatterError | null>;
  refused(item: Item, error: NatterError): void;
  /** False: it need not be sent any more, and is taken out. */
  isDue(item: Item): boolean;
  onUnkept(error: NatterError): void;
}

export interface Drain {
  /** There is something to send; harmless to call often. */
  pump(id: ConversationId): void;
  /** Something that another tab wrote, which sends it first if it can. */
  pumpLater(): void;
  connected(): void;
  lost(): void;
  isConnected(): boolean;
  /** This tab is the one that sends there. */
  holds(id: ConversationId): boolean;
  dispose(): void;
}

/** Failed uploads in a row after which a message is `failed`; messages themselves are tried for ever. */
const uploadTriesMax = 5;
const othersMs = 1_000;

export function createDrain(ports: DrainPorts): Drain {
  const { batch, items } = ports;
  const { clock, random } = ports.runtime;
  const running = new Set<ConversationId>();
  const holding = new Set<ConversationId>();
  /** Asked for while one was running. */
  const again = new Set<ConversationId>();
  /** Of those that have nothing to send, and hold on until it is written. */
  const wakes = new Map<ConversationId, () => void>();
  const waits = new Map<ConversationId, () => void>();
  /** Ends with the connection. */
  let session: AbortController | null = null;

  function next(id: ConversationId): Item | undefined {
    return batch.run(() => items.of(id).find((item) => isLive(item) && ports.isDue(item)));
  }

  function isLive(item: Item): boolean {
    return item.state === 'waiting' && items.all.get(item.key) === item;
  }

  function waitingIds(): Set<ConversationId> {
    const ids = new Set<ConversationId>();
    for (const { state, conversationId } of items.all.values())
      if (state === 'waiting') ids.add(conversationId);
    return ids;
  }

  function pump(id: ConversationId): void {
    if (session === null || !items.isOpen()) return;
    if (running.has(id)) {
      again.add(id);
      wakes.get(id)?.();
      return;
    }
    waits.get(id)?.();
    waits.delete(id);
    if (!items.of(id).some(isLive)) return;
    running.add(id);
    void run(id, session.signal).finally(() => {
      running.delete(id);
      if (again.delete(id) && !waits.has(id)) pump(id);
    });
  }

  function pumpIn(id: ConversationId, ms: number): void {
    waits.get(id)?.();
    waits.set(
      id,
      clock.after(ms, () => {
        waits.delete(id);
        pump(id);
      }),
    );
  }

  async function run(id: ConversationId, ended: AbortSignal): Promise<void> {
    const kept = items.kept();
    if (kept === null) return drain(id, ended, null);
    let begun = false;
    const work = (passed: AbortSignal): Promise<void> => {
      begun = true;
      return drain(id, ended, passed);
    };
    try {
      await kept.hold(`outbox:${id}`, { mayPassBy: true, wait: ended }, work);
    } catch (cause) {
      if (begun || ended.aborted) return;
      ports.onUnkept(asError(cause));
    }
    // Refused, or closed while it waited. Better sent twice under one id, which the server takes for once, than not at all.
    if (!begun && !ended.aborted) await drain(id, ended, null);
  }

  async function drain(
    id: ConversationId,
    ended: AbortSignal,
    passed: AbortSignal | null,
  ): Promise<void> {
    const isStopped = (): boolean => ended.aborted || passed?.aborted === true;
    if (isStopped()) return;
    let stop = (): void => {};
    const stopped = new Promise<NatterError>((resolve) => {
      stop = () => resolve(new NatterError('internal', 'the connection was lost'));
    });
    for (const signal of [ended, passed]) signal?.addEventListener('abort', stop);
    holding.add(id);
    try {
      if (items.kept() !== null && items.of(id).some((item) => isLive(item) && !item.fresh))
        await items.refresh();
      for (;;) {
        if (isStopped()) return;
        const item = next(id);
        if (item === undefined) {
          // The next tab reads what is kept: it must find there what is done. What comes meanwhile waits for no disk.
          let isWritten = false;
          const written = items.written().then(() => {
            isWritten = true;
          });
          await Promise.race([
            written,
            stopped,
            new Promise<void>((resolve) => wakes.set(id, resolve)),
          ]);
          if (isWritten && next(id) === undefined) return;
          continue;
        }
        startUploads(id);
        const error = await attempt(item, stopped, isStopped);
        if (isStopped()) return;
        if (error === null || !isLive(item)) continue;
        if (error.retry === 'never') {
          batch.run(() => ports.refused(item, error));
          continue;
        }
        item.tries += 1;
        pumpIn(id, Math.max(error.retryAfterMs ?? 0, backoffMs(item.tries, random.fraction())));
        return;
      }
    } finally {
      holding.delete(id);
      wakes.delete(id);
      for (const signal of [ended, passed]) signal?.removeEventListener('abort', stop);
      // Whoever passed by does the rest; if it cannot, this tab is next.
      if (passed?.aborted && !ended.aborted) pumpIn(id, othersMs);
    }
  }

  /** Uploads of what is further back begin already; sending keeps its order. */
  function startUploads(id: ConversationId): void {
    for (const item of items.of(id))
      if (isLive(item))
        for (const { localId } of item.attachments) ports.startUpload(localId).catch(() => {});
  }

  /** Null: acknowledged, or no longer to be sent. */
  async function attempt(
    item: Item,
    stopped: Promise<NatterError>,
    isStopped: () => boolean,
  ): Promise<NatterError | null> {
    let fileIds: readonly FileId[] = [];
    try {
      const uploads = item.attachments.map(({ localId }) => ports.startUpload(localId));
      const all =
        uploads.length === 0 ? fileIds : await Promise.race([Promise.all(uploads), stopped]);
      if (all instanceof NatterError) return all;
      fileIds = all;
    } catch (cause) {
      const error = asError(cause);
      if (isStopped() || error.retry !== 'later' || item.tries + 1 < uploadTriesMax) return error;
      batch.run(() => ports.refused(item, error));
      return null;
    }
    if (!isLive(item)) return null;
    if (!item.tried) {
      item.tried = true;
      // Nobody may change its text once it may be on the server, also after a crash.
      if (!(await items.update(item))) {
        await items.remove(item, false);
        return null;
      }
      if (!isLive(item) || isStopped()) return null;
    }
    if (isStopped()) return stopped;
    const asked = ports.ask(item, fileIds);
    return Promise.race([asked, stopped]);
  }

  return {
    pump,
    pumpLater() {
      if (session === null) return;
      for (const id of waitingIds()) if (!running.has(id) && !waits.has(id)) pumpIn(id, othersMs);
    },
    connected() {
      session ??= new AbortController();
      for (const id of waitingIds()) pump(id);
    },
    lost() {
      session?.abort();
      session = null;
      for (const cancel of waits.values()) cancel();
      waits.clear();
    },
    isConnected: () => session !== null,
    holds: (id) => holding.has(id),
    dispose() {
      this.lost();
    },
  };
}
