/**
 * Owns coming back: what `hello` says to be told what changed, and what is done with the answer. `since` is kept only
 * once everything before it has been fetched, so a resume that dies half way is begun again from where it was.
 */
import {
  type ConversationId,
  type GetConversationsResult,
  type Head,
  type HelloResult,
  NatterError,
} from '@natter/protocol';
import type { KeptPosition } from '../persistence/contract.ts';
import type { Clock } from '../runtime/contract.ts';
import type { Sync } from './sync.ts';

export interface ResumePorts {
  clock: Clock;
  sync: Sync;
  loadList(): Promise<GetConversationsResult>;
  /** Replaces the list by this first page, and returns the open conversations that are known. */
  resetList(page: GetConversationsResult): ConversationId[];
  /** Open conversations whose messages are older than their entries. */
  behind(): ConversationId[];
  /** Another database, or another past: nothing that came from the server counts any more. */
  forgetAll(): void;
}

export interface Resume {
  position(): KeptPosition | null;
  /** What is shown is as of this position. */
  restore(position: KeptPosition): void;
  run(hello: HelloResult): Promise<void>;
  /** A page of the heads that `hello` announced with `moreHeads`; false: it belongs to no resume. */
  page(heads: readonly Head[], more: boolean): boolean;
  /** Everything that the server committed before `since` is here. */
  renew(since: string): void;
  lost(): void;
}

/** A page of heads that does not come within this is not coming. */
const pageMs = 15_000;

export function createResume(ports: ResumePorts): Resume {
  const { sync } = ports;
  let position: KeptPosition | null = null;
  /** Of what is here, which may have come before the first list was read. */
  let epoch: string | null = null;
  /** Everything before `position` has come over this connection. */
  let isCaughtUp = false;
  let pages: {
    work: Promise<void>[];
    resolve(): void;
    reject(error: unknown): void;
    cancel(): void;
  } | null = null;

  function waitPages(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      pages = { work: [], resolve, reject, cancel: () => {} };
      restart();
    });
  }

  function restart(): void {
    if (pages === null) return;
    pages.cancel();
    pages.cancel = ports.clock.after(pageMs, () =>
      end(new NatterError('internal', 'the heads that were announced did not come')),
    );
  }

  function end(error: NatterError | null): void {
    const ending = pages;
    if (ending === null) return;
    pages = null;
    ending.cancel();
    const work = Promise.all(ending.work);
    if (error === null) work.then(ending.resolve, ending.reject);
    else {
      work.catch(() => {});
      ending.reject(error);
    }
  }

  async function run(hello: HelloResult): Promise<void> {
    isCaughtUp = false;
    if (epoch !== null && epoch !== hello.epoch) {
      position = null;
      ports.forgetAll();
    }
    epoch = hello.epoch;
    if (hello.reset) {
      // What becomes known from here on is as of now.
      const known = new Set(sync.known());
      const open = ports.resetList(await ports.loadList());
      await Promise.all(open.filter((id) => known.has(id)).map(sync.repair));
    } else {
      // Begun before anything is awaited: the next page may already be behind the reply.
      const more = hello.moreHeads ? waitPages() : Promise.resolve();
      await Promise.all([sync.heads(hello.heads), more, ...ports.behind().map(sync.repair)]);
    }
    position = { since: hello.since, epoch: hello.epoch };
    isCaughtUp = true;
  }

  return {
    position: () => position,
    restore(kept) {
      position = kept;
      epoch = kept.epoch;
    },
    run,
    renew(since) {
      if (position !== null && isCaughtUp) position = { since, epoch: position.epoch };
    },
    page(heads, more) {
      if (pages === null) return false;
      pages.work.push(sync.heads(heads));
      if (more) restart();
      else end(null);
      return true;
    },
    lost() {
      isCaughtUp = false;
      end(new NatterError('internal', 'the connection was lost'));
    },
  };
}
