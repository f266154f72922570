/**
 * Owns what is in the outbox, as this tab shows it, and as the device keeps it for all tabs. Writes follow one another
 * in the order in which they were asked for, and nobody who sends waits for them; what is read comes in the same line,
 * so it never undoes what this tab has just done. What cannot be kept goes on in memory.
 */
import type { ConversationId, Message, NatterError } from '@natter/protocol';
import { asError } from '../connection/calls.ts';
import type { Kept, KeptFile, KeptItem, TabMessage } from '../persistence/contract.ts';
import type { Batch } from '../store/batch.ts';
import { fromKept, type Item, type Place, stateOf, toKept } from './item.ts';

export interface ItemsPorts {
  batch: Batch;
  uploads: {
    restore(file: KeptFile): void;
    place(localId: string): Place;
    data(localId: string): Blob | null;
    release(localId: string, sent: boolean): void;
  };
  /** It, or how it looks, has changed; or it is gone. */
  onChange(item: Item): void;
  /** Other tabs may have changed what waits. */
  onRead(): void;
  /** Another tab has done it, or the server told that tab that it is done. */
  onTold(message: Message): void;
  /** Another tab has taken it out, and says not why: the server may have it. */
  onGone(id: ConversationId): void;
  onUnkept(error: NatterError): void;
}

export interface Items {
  /** In order of sending. */
  readonly all: ReadonlyMap<string, Item>;
  of(id: ConversationId): Item[];
  /** Null: memory only. */
  kept(): Kept | null;
  isOpen(): boolean;
  open(kept: Kept | null): Promise<void>;
  /** Behind all others; `keep` false: in memory alone. Resolves when it is written, or cannot be. */
  add(item: Item, keep?: boolean): Promise<void>;
  /** Resolves with false when another tab has taken it out. */
  update(item: Item, tell?: boolean): Promise<boolean>;
  /** `sent`: the server has it, as `message` where that is known. */
  remove(item: Item, sent: boolean, message?: Message): Promise<void>;
  /** Kept no longer, and shown until its event is here. */
  acknowledge(item: Item, message: Message): void;
  /** Reads what other tabs have made of it. */
  refresh(): Promise<void>;
  /** Everything asked for until now is written. */
  written(): Promise<void>;
  dispose(): void;
}

export function createItems({
  batch,
  uploads,
  onChange,
  onRead,
  onTold,
  onGone,
  onUnkept,
}: ItemsPorts): Items {
  let all = new Map<string, Item>();
  /** Taken out here, while the device may still have it. */
  const leaving = new Set<string>();
  let kept: Kept | null = null;
  let undo: (() => void) | null = null;
  let isOpen = false;
  let closed = false;
  let tail: Promise<unknown> = Promise.resolve();
  let queued = 0;
  let reading: Promise<void> | null = null;

  /** Begins at once when nothing is before it, so that what was sent is on its way to the disk when `send` returns. */
  function inOrder<Value>(work: (kept: Kept) => Promise<Value>): Promise<Value | undefined> {
    const run = async (): Promise<Value | undefined> =>
      closed || kept === null ? undefined : work(kept);
    const result = queued === 0 ? run() : tail.then(run);
    queued += 1;
    tail = result
      .catch((cause) => {
        if (!closed) onUnkept(asError(cause));
      })
      .then(() => {
        queued -= 1;
      });
    return result.catch(() => undefined);
  }

  async function write<Value>(
    item: Item,
    work: (kept: Kept) => Promise<Value>,
  ): Promise<Value | undefined> {
    if (kept === null || closed) return undefined;
    item.writes += 1;
    return inOrder(async (device) => {
      try {
        return await work(device);
      } finally {
        item.writes -= 1;
      }
    });
  }

  function tell(message: TabMessage): void {
    if (!closed) kept?.post(message);
  }

  function store(item: Item): Promise<void> {
    return write(item, async (device) => {
      if (all.get(item.key) !== item || item.state === 'acknowledged') return;
      const data = new Map<string, Blob>();
      for (const { localId } of item.attachments) {
        const bytes = uploads.data(localId) ?? (await device.readFile(localId));
        if (bytes !== null) data.set(localId, bytes);
      }
      await device.addItem(toKept(item, uploads.place), data);
      item.stored = true;
      tell({ type: 'outbox', keys: [item.key] });
    }).then(() => {});
  }

  async function unstore(item: Item, told: TabMessage): Promise<void> {
    const { key } = item;
    if ((!item.stored && item.writes === 0) || leaving.has(key)) return;
    leaving.add(key);
    await write(item, async (device) => {
      await device.removeItem(key);
      item.stored = false;
      tell(told);
    });
    leaving.delete(key);
  }

  function drop(item: Item, sent: boolean): void {
    if (all.get(item.key) !== item) return;
    all.delete(item.key);
    for (const { localId } of item.attachments) uploads.release(localId, sent);
    onChange(item);
  }

  async function read(device: Kept): Promise<void> {
    const records = await device.readItems();
    if (closed) return;
    batch.run(() => reconcile(records));
  }

  function reconcile(records: readonly KeptItem[]): void {
    const now = new Map<string, Item>();
    const before = [...all.values()];
    const added: Item[] = [];
    for (const record of records) {
      if (leaving.has(record.key)) continue;
      let item = all.get(record.key);
      if (item === undefined) {
        item = fromKept(record);
        added.push(item);
      } else if (item.writes === 0 && item.state !== 'acknowledged') take(item, record);
      item.stored = true;
      now.set(record.key, item);
      if (item.state !== 'acknowledged') for (const file of record.files) uploads.restore(file);
    }
    const gone: Item[] = [];
    /** What only this tab has stays behind what it was behind. */
    const own = new Map<Item | null, Item[]>();
    let ahead: Item | null = null;
    for (const item of before) {
      if (now.has(item.key)) ahead = item;
      else if (item.stored && item.writes === 0 && item.state !== 'acknowledged') gone.push(item);
      else own.set(ahead, [...(own.get(ahead) ?? []), item]);
    }
    for (const item of gone) {
      drop(item, false);
      onGone(item.conversationId);
    }
    const first = isOpen ? (own.get(null) ?? []) : [];
    const last = isOpen ? [] : (own.get(null) ?? []);
    const order = [...now.values()].flatMap((item) => [item, ...(own.get(item) ?? [])]);
    all = new Map([...first, ...order, ...last].map((item) => [item.key, item]));
    for (const item of added) onChange(item);
    onRead();
  }

  function take(item: Item, { content, tried, error }: KeptItem): void {
    if (tried && !item.tried) item.repeated = true;
    const { state } = stateOf(error);
    if (item.content === content && item.tried === tried && item.state === state) return;
    Object.assign(item, { content, tried, ...stateOf(error) });
    onChange(item);
  }

  function refresh(): Promise<void> {
    reading ??= inOrder((device) => {
      reading = null;
      return read(device);
    }).finally(() => {
      reading = null;
    });
    return reading;
  }

  function hear(message: TabMessage): void {
    if (closed) return;
    if (message.type === 'outbox') void refresh();
    if (message.type !== 'acknowledged') return;
    const item = all.get(message.key);
    if (item === undefined || item.state === 'acknowledged') return;
    item.stored = false;
    batch.run(() => {
      settle(item, message.message);
      onTold(message.message);
    });
  }

  function settle(item: Item, message: Message): void {
    item.state = 'acknowledged';
    item.error = null;
    item.message = message;
    onChange(item);
  }

  return {
    get all() {
      return all;
    },
    of: (id) => [...all.values()].filter((item) => item.conversationId === id),
    kept: () => kept,
    isOpen: () => isOpen,
    async open(next) {
      undo?.();
      kept = next;
      undo = next?.subscribe(hear) ?? null;
      await inOrder(read);
      if (closed) return;
      isOpen = true;
      if (next === null) return;
      for (const item of [...all.values()])
        if (!item.stored && item.writes === 0 && item.state === 'waiting') void store(item);
    },
    async add(item, keep = true) {
      all.delete(item.key);
      all.set(item.key, item);
      onChange(item);
      if (keep && isOpen && kept !== null) await store(item);
    },
    async update(item, told = false) {
      onChange(item);
      const found = await write(item, async (device) => {
        if (!item.stored || all.get(item.key) !== item || item.state === 'acknowledged')
          return true;
        const isThere = await device.updateItem(toKept(item, uploads.place));
        if (told) tell({ type: 'outbox', keys: [item.key] });
        return isThere;
      });
      return found !== false;
    },
    async remove(item, sent, message) {
      drop(item, sent);
      const { key } = item;
      await unstore(
        item,
        message === undefined
          ? { type: 'outbox', keys: [key] }
          : { type: 'acknowledged', key, message },
      );
    },
    acknowledge(item, message) {
      settle(item, message);
      void unstore(item, { type: 'acknowledged', key: item.key, message });
    },
    refresh,
    written: async () => void (await tail),
    dispose() {
      closed = true;
      undo?.();
      all.clear();
    },
  };
}
