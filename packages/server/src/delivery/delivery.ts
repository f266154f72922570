/**
 * Owns the way from an event to sockets: encoded and framed once, carried by the bus, written to every socket on
 * this node of everybody who is a member at that moment. Per conversation, events are delivered in order of
 * version; after a hole nothing is delivered until the database has said who still is a member.
 */
import type { ConversationId, DurableEvent, EphemeralEvent, UserId } from '@natter/protocol';
import type { Bus, Topic } from '../bus/contract.ts';
import type { Runtime } from '../runtime/contract.ts';
import type { Counters } from '../runtime/counters.ts';
import type { Storage } from '../storage/contract.ts';
import { noteCursor, type Part } from './cursors.ts';
import { decodeEnvelope, type Envelope, encodeEnvelope } from './envelope.ts';
import { encodeFrame } from './frame.ts';
import { createLingering } from './lingering.ts';
import { createRepair } from './repair.ts';
import { createRolling } from './rolling.ts';
import {
  createRoster,
  type Followed,
  isToldNext,
  type LocalUser,
  type Recipient,
  unsettle,
} from './roster.ts';
import { createWatching, type Watching } from './watching.ts';

/** How long an event that came too early waits for the ones before it, and how many may wait. */
const holeMs = 100;
const heldMax = 64;
/** No user id has a space in it. Changes are rare, and every node knows by itself who watches. */
const profiles: Topic = 'presence. profiles';

export interface Delivery {
  /** Resolves when every event from now on reaches this socket; rejects when it cannot, and then it is detached. */
  attach(recipient: Recipient): Promise<void>;
  /** Nothing more reaches it, from now on. One that is not attached, or no longer, is passed over. */
  detach(recipient: Recipient): void;
  /** Durable events of one conversation, in order of version. The socket `except` has its acknowledgement instead. */
  tell(events: readonly DurableEvent[], except?: string | null): void;
  /** The first events of a conversation, to its first members. */
  tellBeginning(events: readonly DurableEvent[], memberIds: readonly UserId[]): void;
  /** A cursor move: to every member, or only to the mover's own sockets. */
  tellCursor(
    event: EphemeralEvent & { conversationId: string; userId: UserId },
    to: {
      everyone: boolean;
      except?: string | null;
      /** Of the write that moved it, and which of the events of that write this is. */
      cursorVersion?: number;
      part?: Part;
    },
  ): void;
  tellTyping(event: EphemeralEvent & { conversationId: string; userId: UserId }): void;
  /** To those who watch this person here; each node tells its own. */
  tellPresence(event: EphemeralEvent & { userId: UserId }): void;
  /** Name or picture of a person: to their own sockets but `except`, and to those who watch them, on every node. */
  tellProfile(event: EphemeralEvent & { userId: UserId }, except: string | null): void;
  /** Whether somebody connected to this node is a member, as far as events have told. */
  isMember(conversationId: string, userId: string): boolean;
  /** Whether somebody connected to this node is a member, or was until it became uncertain. */
  mayBeMember(conversationId: string, userId: string): boolean;
  /** Null when nobody on this node follows it, or it is not known yet. */
  memberCount(conversationId: string): number | null;
  recipientsOf(userId: string): readonly Recipient[];
  /** Something was dropped on its way to a socket of this person. */
  lost(userId: string): void;
  /** Tells what was dropped. */
  makeGood(userId: string): void;
  /**
   * Whether this person's sockets have been told everything that was committed before `point`: the database's clock
   * minus the overlap. What is missed later is looked for from there.
   */
  isToldUntil(userId: string, point: number): boolean;
  readonly watching: Watching;
  /** Calls after somebody connected here has left a conversation. Returns its undo. */
  onLeft(listener: (conversationId: string, userId: UserId) => void): () => void;
  /** Calls when somebody has another name or picture, on any node. Returns its undo. */
  onProfile(listener: (userId: UserId) => void): () => void;
  stats(): { users: number; conversations: number };
  close(): void;
}

export function createDelivery(deps: {
  storage: Storage;
  resumePoint: () => Promise<number>;
  bus: Bus;
  runtime: Runtime;
  counters: Pick<Counters, 'repairs' | 'busGaps'>;
}): Delivery {
  const { storage, resumePoint, bus, counters } = deps;
  const { clock, log } = deps.runtime;
  /** All that are attached, by the id of their connection. */
  const recipients = new Map<string, Recipient>();
  /** Until it is known what they follow. */
  const loading = new Map<LocalUser, Promise<void>>();
  const leftListeners = new Set<(conversationId: string, userId: UserId) => void>();
  const profileListeners = new Set<(userId: UserId) => void>();
  const roster = createRoster({
    toConversation: (conversationId) =>
      bus.subscribe(`conversation.${conversationId}`, receiveForConversation),
    toUser: (userId) => bus.subscribe(`user.${userId}`, receiveForUser),
  });
  const isSuspect = (followed: Followed, user: LocalUser) =>
    followed.unsettled?.get(user)?.suspect === true;
  function isMember(conversationId: string, userId: string): boolean {
    const followed = roster.conversations.get(conversationId);
    const user = roster.users.get(userId);
    if (followed === undefined || user === undefined) return false;
    return followed.followers.has(user) && !isSuspect(followed, user);
  }
  const memberCount = (conversationId: string) =>
    roster.conversations.get(conversationId)?.memberCount || null;
  const watching = createWatching({
    bus,
    clock,
    memberCount,
    // As for cursor moves: who was removed elsewhere is not known while the bus is away.
    isMember: (conversationId, userId) => bus.isConnected && isMember(conversationId, userId),
  });
  const repair = createRepair({ storage, resumePoint, roster, clock, log, counters, onLeft: left });
  const lingering = createLingering(clock, forget);
  const rolling = createRolling({
    storage,
    roster,
    clock,
    log,
    onMissed(followed, version) {
      doubt(followed);
      followed.version = Math.max(followed.version, version);
    },
    onUncertain: repairFor,
    onCursorsMissed(followed) {
      for (const user of followed.followers.keys()) repairFor(user);
    },
  });
  const stopProfiles = bus.subscribe(profiles, receiveProfile);
  const stopGap = bus.onGap(() => {
    counters.busGaps += 1;
    for (const followed of roster.conversations.values()) doubt(followed);
    // Whoever follows nothing may have been added somewhere.
    for (const user of roster.users.values()) repairFor(user);
  });

  /** One who is away is read afresh when they are back. */
  function repairFor(user: LocalUser): void {
    if (user.recipients.length > 0) repair.request(user);
    else forget(user);
  }

  function forget(user: LocalUser): void {
    lingering.end(user);
    repair.forget(user);
    loading.delete(user);
    roster.removeUser(user);
  }

  function left(user: LocalUser, conversationId: string): void {
    for (const listener of leftListeners) listener(conversationId, user.userId);
  }

  function writeAll(user: LocalUser, envelope: Envelope, lossy: boolean): void {
    write(user, envelope.frame, lossy, exceptOf(envelope));
  }

  /** Found once, not compared by name with each of those who are told. */
  function exceptOf({ exceptConnectionId }: Envelope): Recipient | undefined {
    return exceptConnectionId === '' ? undefined : recipients.get(exceptConnectionId);
  }

  function write(
    user: LocalUser,
    frame: Buffer,
    lossy: boolean,
    except: Recipient | undefined,
  ): void {
    for (const recipient of user.recipients)
      if (recipient !== except) recipient.write(frame, lossy);
  }

  function applyLeft(userId: string, conversationId: string, envelope: Envelope): void {
    const user = roster.users.get(userId);
    if (user === undefined || !roster.leave(user, conversationId, envelope.version)) return;
    writeAll(user, envelope, false);
    left(user, conversationId);
  }

  function receiveForConversation(payload: Uint8Array, topic: Topic): void {
    const envelope = decodeEnvelope(payload);
    const conversationId = topic.slice('conversation.'.length);
    const followed = roster.conversations.get(conversationId);
    if (envelope === null || followed === undefined) return;
    if (envelope.kind === 'ephemeral') {
      // A removal would not be heard of: durable events show a hole then, these show nothing.
      if (!bus.isConnected) return;
      noteCursor(followed.cursors, envelope.version, envelope.part);
      const { frame, exceptUserId } = envelope;
      const except = exceptOf(envelope);
      for (const user of followed.followers.keys()) {
        if (user.userId === exceptUserId) continue;
        // It is noted as told, and the heads that end the doubt may have been read before it.
        if (isSuspect(followed, user)) repair.lacks(user);
        else write(user, frame, true, except);
      }
      return;
    }
    if (envelope.version <= followed.version) return;
    if (envelope.version === followed.version + 1) {
      deliver(followed, envelope);
      deliverHeld(followed);
      return;
    }
    if (envelope.kind === 'left') applyLeft(envelope.subjectId, conversationId, envelope);
    followed.held.set(envelope.version, envelope);
    if (followed.held.size > heldMax) doubt(followed);
    else followed.stopWaiting ??= clock.after(holeMs, () => doubt(followed));
  }

  function deliver(followed: Followed, envelope: Envelope): void {
    const { conversationId } = followed;
    followed.version = envelope.version;
    if (envelope.memberCount > 0) followed.memberCount = envelope.memberCount;
    if (envelope.kind === 'left') applyLeft(envelope.subjectId, conversationId, envelope);
    if (envelope.kind === 'joined') {
      const user = roster.users.get(envelope.subjectId);
      const at = {
        version: envelope.version,
        from: envelope.version - 1,
        memberCount: envelope.memberCount,
      };
      if (user !== undefined) roster.join(user, conversationId, at);
    }
    const { version, frame } = envelope;
    const except = exceptOf(envelope);
    for (const user of followed.followers.keys())
      if (isToldNext(followed, user, version)) write(user, frame, false, except);
  }

  function deliverHeld(followed: Followed): void {
    for (;;) {
      const envelope = followed.held.get(followed.version + 1);
      if (envelope === undefined) break;
      followed.held.delete(envelope.version);
      deliver(followed, envelope);
    }
    if (followed.held.size > 0) return;
    followed.stopWaiting?.();
    followed.stopWaiting = null;
  }

  /** Something was missed, perhaps a removal: nobody gets anything more of it until the database has spoken. */
  function doubt(followed: Followed): void {
    if (roster.conversations.get(followed.conversationId) !== followed) return;
    followed.stopWaiting?.();
    followed.stopWaiting = null;
    for (const user of followed.followers.keys()) {
      unsettle(followed, user).suspect = true;
      repairFor(user);
    }
    const held = [...followed.held.values()].sort((a, b) => a.version - b.version);
    followed.held.clear();
    for (const envelope of held) deliver(followed, envelope);
  }

  function receiveForUser(payload: Uint8Array, topic: Topic): void {
    const envelope = decodeEnvelope(payload);
    const user = roster.users.get(topic.slice('user.'.length));
    if (envelope === null || user === undefined) return;
    switch (envelope.kind) {
      case 'ephemeral':
      case 'durable':
        writeAll(user, envelope, envelope.kind === 'ephemeral');
        return;
      case 'left':
        applyLeft(user.userId, envelope.conversationId, envelope);
        return;
      case 'joined': {
        const { version, memberCount, conversationId } = envelope;
        const at = { version, from: version, memberCount };
        // At its beginning no cursor has moved; later that is asked of the database.
        const beginning = version > 1 ? at : { ...at, cursorVersion: 0 };
        const joined = roster.join(user, conversationId, beginning);
        if (joined === 'known') return;
        writeAll(user, envelope, false);
        if (joined === 'again') return;
        const behind = (roster.conversations.get(conversationId)?.version ?? version) > version;
        if (behind) repairFor(user);
        else lookOnceSubscribed(conversationId);
        return;
      }
    }
  }

  /** No turn is lost on a bus that has subscribed already. */
  async function settled(): Promise<void> {
    const subscribed = bus.subscribed();
    if (subscribed !== null) await subscribed;
  }

  /** What was told before the bus had subscribed is looked for at once: a conversation often begins with a message. */
  function lookOnceSubscribed(conversationId: string): void {
    void bus.subscribed()?.then(() => rolling.lookSoon(conversationId as ConversationId));
  }

  function receiveProfile(payload: Uint8Array): void {
    const envelope = decodeEnvelope(payload);
    if (envelope === null) return;
    const userId = envelope.subjectId as UserId;
    const user = roster.users.get(userId);
    if (user !== undefined) writeAll(user, envelope, true);
    for (const recipient of watching.watchersOf(userId)) recipient.write(envelope.frame, true);
    for (const listener of profileListeners) listener(userId);
  }

  /** Subscribes first, then reads: what happens between comes by the topic, and versions settle which is newer. */
  async function load(user: LocalUser): Promise<void> {
    // A removal must not fall between what is read and what is told.
    await settled();
    repair.knownAt(user, await resumePoint());
    for (const membership of await storage.listMemberships(user.userId)) {
      const { conversationId, version, memberCount, cursorVersion } = membership;
      const at = { version, from: version, memberCount, cursorVersion };
      roster.join(user, conversationId, at);
    }
    // What the caller reads next is read later than all that is not told here.
    await settled();
    loading.delete(user);
  }

  /** Subscribed to from here on; what they follow is then read. */
  function begin(userId: UserId): LocalUser {
    const user = roster.addUser(userId);
    loading.set(user, load(user));
    return user;
  }

  function detach(recipient: Recipient): void {
    if (!recipients.delete(recipient.connectionId)) return;
    watching.drop(recipient);
    const user = roster.users.get(recipient.userId);
    if (user === undefined || !user.recipients.includes(recipient)) return;
    user.recipients = user.recipients.filter((other) => other !== recipient);
    if (!loading.has(user)) lingerIfAway(user);
  }

  function lingerIfAway(user: LocalUser): void {
    if (user.recipients.length > 0 || roster.users.get(user.userId) !== user) return;
    // What was missed is not looked for while nobody is there: then it is read afresh.
    if (repair.isWhole(user)) lingering.begin(user);
    else forget(user);
  }

  function publish(topic: Topic, envelope: Parameters<typeof encodeEnvelope>[0]): void {
    bus.publish(topic, encodeEnvelope(envelope));
  }

  function tellOne(
    event: DurableEvent,
    except: string | null | undefined,
    personally: boolean,
  ): void {
    const frame = encodeFrame(JSON.stringify({ event }));
    const { version, conversationId } = event;
    const topic: Topic = `conversation.${conversationId}`;
    switch (event.type) {
      case 'memberJoined':
      case 'memberLeft': {
        const kind = event.type === 'memberJoined' ? 'joined' : 'left';
        const facts = { kind, version, memberCount: event.data.memberCount, frame } as const;
        if (kind === 'joined' && personally)
          publish(`user.${event.userId}`, { ...facts, conversationId });
        publish(topic, { ...facts, subjectId: event.userId });
        if (kind === 'left' && personally)
          publish(`user.${event.userId}`, { ...facts, conversationId });
        return;
      }
      case 'conversationUpdated':
        publish(topic, {
          kind: 'durable',
          version,
          memberCount: event.data.conversation.memberCount,
          frame,
        });
        return;
      default:
        publish(topic, { kind: 'durable', version, frame, exceptConnectionId: except ?? '' });
    }
  }

  return {
    watching,
    isMember,
    mayBeMember(conversationId, userId) {
      const user = roster.users.get(userId);
      const followed = roster.conversations.get(conversationId);
      return user !== undefined && followed?.followers.has(user) === true;
    },
    memberCount,
    recipientsOf: (userId) => roster.users.get(userId)?.recipients ?? [],
    lost(userId) {
      const user = roster.users.get(userId);
      if (user !== undefined) repair.lacks(user);
    },
    makeGood(userId) {
      const user = roster.users.get(userId);
      if (user !== undefined && repair.isLacking(user)) repair.request(user);
    },
    isToldUntil(userId, point) {
      const user = roster.users.get(userId);
      if (user === undefined || !repair.isWhole(user)) return false;
      if (!bus.isConnected || !rolling.hasLookedAfter(point)) return false;
      repair.knownAt(user, point);
      return true;
    },

    async attach(recipient) {
      const user = roster.users.get(recipient.userId) ?? begin(recipient.userId);
      // A spread list would be given room for more.
      user.recipients = user.recipients.concat(recipient);
      recipients.set(recipient.connectionId, recipient);
      lingering.end(user);
      try {
        await loading.get(user);
      } catch (error) {
        // The next socket of this person reads afresh.
        forget(user);
        detach(recipient);
        throw error;
      }
      // It was detached meanwhile.
      lingerIfAway(user);
    },
    detach,

    tell(events, except) {
      for (const event of events) tellOne(event, except, true);
    },

    tellBeginning(events, memberIds) {
      const [first, ...rest] = events;
      if (first === undefined) return;
      const { version, conversationId } = first;
      const frame = encodeFrame(JSON.stringify({ event: first }));
      const facts = {
        kind: 'joined',
        version,
        memberCount: memberIds.length,
        conversationId,
        frame,
      } as const;
      for (const userId of memberIds) publish(`user.${userId}`, facts);
      for (const event of rest) tellOne(event, null, false);
    },

    tellCursor(event, { everyone, except, cursorVersion = 0, part }) {
      const topic: Topic = everyone
        ? `conversation.${event.conversationId}`
        : `user.${event.userId}`;
      publish(topic, {
        kind: 'ephemeral',
        version: cursorVersion,
        ...(part === undefined ? {} : { part }),
        frame: encodeFrame(JSON.stringify({ event })),
        exceptConnectionId: except ?? '',
      });
    },

    tellTyping(event) {
      const frame = encodeFrame(JSON.stringify({ event }));
      publish(`typing.${event.conversationId}`, {
        kind: 'ephemeral',
        frame,
        subjectId: event.type === 'typingStarted' ? event.userId : '',
        exceptUserId: event.userId,
      });
    },

    tellPresence(event) {
      const frame = encodeFrame(JSON.stringify({ event }));
      for (const recipient of watching.watchersOf(event.userId)) recipient.write(frame, true);
    },

    tellProfile(event, except) {
      publish(profiles, {
        kind: 'ephemeral',
        frame: encodeFrame(JSON.stringify({ event })),
        subjectId: event.userId,
        exceptConnectionId: except ?? '',
      });
    },

    onProfile(listener) {
      profileListeners.add(listener);
      return () => profileListeners.delete(listener);
    },

    onLeft(listener) {
      leftListeners.add(listener);
      return () => leftListeners.delete(listener);
    },

    stats() {
      // Without those who have just left.
      const present = [...roster.users.values()].filter(({ recipients }) => recipients.length > 0);
      const followed = new Set(present.flatMap(({ follows }) => follows));
      return { users: present.length, conversations: followed.size };
    },

    close() {
      stopGap();
      stopProfiles();
      rolling.close();
      repair.close();
      for (const user of [...roster.users.values()]) forget(user);
    },
  };
}
