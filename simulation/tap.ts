/**
 * Owns what is heard on one socket, frame by frame, before the client sees it: nobody is told of what is not
 * committed, of a conversation they are not in, twice, or out of order, and no acknowledgement is taken back.
 */
import type { ConversationId, MessageId, ServerFrame, UserId } from '@natter/protocol';
import type { Commits } from './database.ts';

export interface Acknowledged {
  conversationId: ConversationId;
  seq: number;
  version: number;
}

export interface Tap {
  sent(text: string): void;
  heard(text: string): void;
  /** Its socket is no longer used. */
  ended(): void;
}

const givenUpMs = 5_000;

interface Call {
  method: string;
  params: { id?: MessageId; conversationId?: ConversationId };
}

export function createTap(deps: {
  userId: UserId;
  commits: Commits;
  /** Of all devices, by id. */
  acknowledged: Map<MessageId, Acknowledged>;
  violate(what: string): void;
  hear(text: string): void;
  /** What the tabs of this browser are sending now: by one socket at a time (CLIENT7). */
  underWay: Map<MessageId, { tap: Tap; at: number }>;
  now(): number;
}): Tap {
  const { userId, commits, acknowledged, violate, hear, underWay, now } = deps;
  const calls = new Map<number, Call>();
  const versions = new Map<ConversationId, number>();
  /** Left on this socket: silence until one is told of joining again. */
  const left = new Set<ConversationId>();

  function heardEvent(event: Extract<ServerFrame, { event: unknown }>['event']): void {
    if (event.type === 'heads') {
      for (const { conversationId, membership } of event.data.heads) {
        if (membership === 'left') left.add(conversationId);
        else left.delete(conversationId);
      }
    }
    if (!('conversationId' in event)) return;
    const { conversationId: id, type } = event;
    if (!('version' in event)) {
      // Somebody who is back may hear of it by a neighbour's news before the bus brings their own.
      const isBack = commits.mayKnow(userId, id, commits.version(id));
      if (left.has(id) && !isBack)
        violate(`[CLOSE4] ${userId} hears ${type} of ${id} after having left`);
      return;
    }
    const { version } = event;
    const committed = commits.get(id, version);
    if (committed?.type !== type)
      violate(
        `[ORDER3] ${userId} hears ${type} ${version} of ${id}, committed is ${committed?.type}`,
      );
    else if (
      'message' in event &&
      'message' in committed &&
      JSON.stringify(event.message) !== JSON.stringify(committed.message)
    )
      violate(
        `[EVENT1] ${userId} hears another message than the one committed as ${version} of ${id}`,
      );
    if (!commits.mayKnow(userId, id, version))
      violate(`[EVENT7] ${userId} hears ${type} ${version} of ${id} and is no member there`);
    if (version <= (versions.get(id) ?? 0))
      violate(
        `[ORDER5] ${userId} hears ${version} of ${id} after ${versions.get(id)} on one socket`,
      );
    versions.set(id, version);
    if (!('userId' in event) || event.userId !== userId) return;
    if (type === 'memberLeft') left.add(id);
    if (type === 'memberJoined') left.delete(id);
  }

  function heardResult({ method, params }: Call, value: unknown): void {
    const result = value as { seq?: number; version?: number; message?: { version: number } };
    const id = params.conversationId;
    if (id === undefined) return;
    const version = result.version ?? result.message?.version;
    if (version !== undefined && version > commits.version(id))
      violate(
        `[SEND1] ${method} is answered with version ${version} of ${id}, which is not committed`,
      );
    if (method !== 'sendMessage' || params.id === undefined) return;
    const { seq = 0 } = result;
    const committed = commits.get(id, version ?? 0);
    if (
      committed?.type !== 'newMessage' ||
      committed.message.id !== params.id ||
      committed.message.seq !== seq
    )
      violate(`[SEND1] the acknowledgement of ${params.id} names what is not its commit`);
    const before = acknowledged.get(params.id);
    if (before !== undefined && (before.seq !== seq || before.version !== version))
      violate(`[SEND2] ${params.id} is acknowledged as ${before.seq} and as ${seq}`);
    acknowledged.set(params.id, { conversationId: id, seq, version: version ?? 0 });
  }

  function claim(id: MessageId): void {
    const other = underWay.get(id);
    // One that had no answer for longer is given up by its tab, and then any tab may try.
    if (other !== undefined && other.tap !== tap && now() - other.at < givenUpMs)
      violate(`[KEEP3] two tabs of ${userId} send ${id} at the same time`);
    underWay.set(id, { tap, at: now() });
  }

  function release(id: MessageId): void {
    if (underWay.get(id)?.tap === tap) underWay.delete(id);
  }

  const tap: Tap = {
    sent(text) {
      const { id, method, params } = JSON.parse(text) as { id: number } & Call;
      calls.set(id, { method, params: params ?? {} });
      if (method === 'sendMessage' && params.id !== undefined) claim(params.id);
    },
    heard(text) {
      hear(text);
      const frame = JSON.parse(text) as ServerFrame;
      if ('event' in frame) return heardEvent(frame.event);
      const call = frame.id === null ? undefined : calls.get(frame.id);
      if (frame.id !== null) calls.delete(frame.id);
      if (call?.method === 'sendMessage' && call.params.id !== undefined) release(call.params.id);
      if (call !== undefined && 'result' in frame) heardResult(call, frame.result);
    },
    ended() {
      for (const [id, holder] of underWay) if (holder.tap === tap) underWay.delete(id);
    },
  };
  return tap;
}
