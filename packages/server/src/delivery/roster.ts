/**
 * Owns who on this node follows which conversation. Every change of a membership carries the conversation's
 * version, and the highest one wins: notices may come late, twice or in any order, by the topic of the conversation,
 * by that of the person or from the database, and still nobody who was removed follows again.
 */
import type { UserId } from '@natter/protocol';
import { createToldCursors, type ToldCursors } from './cursors.ts';
import type { Envelope } from './envelope.ts';

/** One open socket, as delivery sees it. */
export interface Recipient {
  readonly connectionId: string;
  readonly userId: UserId;
  /** `lossy`: may be dropped when the socket cannot keep up. */
  write(frame: Buffer, lossy: boolean): void;
  /** More was missed than is worth telling: it shall come back. */
  giveUp(): void;
}

export interface LocalUser {
  readonly userId: UserId;
  /** Mostly one: replaced, not changed. */
  recipients: readonly Recipient[];
  readonly follows: Followed[];
  unsubscribe: () => void;
}

/** Why somebody is not told all that comes in a conversation. */
export interface Unsettled {
  /** Events up to this version are known to this person otherwise. */
  from: number;
  /** True while it is uncertain whether they still are a member: nothing is delivered. */
  suspect: boolean;
  /** Highest version that was not delivered while suspect. */
  skipped: number;
}

export interface Followed {
  readonly conversationId: string;
  /** With the version of the newest change of their membership that is known. */
  readonly followers: Map<LocalUser, number>;
  /** Those of them who are not told everything. Mostly nobody ever is. */
  unsettled: Map<LocalUser, Unsettled> | null;
  /** Every event up to here has been delivered on this node. */
  version: number;
  memberCount: number;
  readonly cursors: ToldCursors;
  /** Events that came too early, by version. */
  readonly held: Map<number, Envelope>;
  stopWaiting: (() => void) | null;
  unsubscribe: () => void;
}

/** More leavings than this are not remembered: notices are not that late. */
const leftMax = 1_000;

export interface Roster {
  readonly users: ReadonlyMap<string, LocalUser>;
  readonly conversations: ReadonlyMap<string, Followed>;
  addUser(userId: UserId): LocalUser;
  removeUser(user: LocalUser): void;
  /**
   * `again`: events before this one were missed here, and a leaving may be among them. They are not this person's to
   * hear: their devices fetch what they may see.
   */
  join(
    user: LocalUser,
    conversationId: string,
    at: { version: number; from: number; memberCount: number; cursorVersion?: number },
  ): 'begun' | 'again' | 'known';
  /** True when the user followed until now. */
  leave(user: LocalUser, conversationId: string, version: number): boolean;
}

export function createRoster(subscribe: {
  /** Called when the first local user follows a conversation, its undo when the last stops. */
  toConversation: (conversationId: string) => () => void;
  /** Called when somebody is added, its undo when they are removed. */
  toUser: (userId: UserId) => () => void;
}): Roster {
  const users = new Map<string, LocalUser>();
  const conversations = new Map<string, Followed>();
  /** Version at which a conversation was left, so that a late notice of an earlier joining is refused. */
  const left = new WeakMap<LocalUser, Map<string, number>>();

  function unfollow(user: LocalUser, followed: Followed): void {
    followed.followers.delete(user);
    followed.unsettled?.delete(user);
    if (followed.followers.size > 0) return;
    conversations.delete(followed.conversationId);
    followed.stopWaiting?.();
    followed.unsubscribe();
  }

  function noteLeft(user: LocalUser, conversationId: string, version: number): void {
    const versions = left.get(user) ?? new Map<string, number>();
    left.set(user, versions);
    const before = versions.get(conversationId) ?? -1;
    versions.delete(conversationId);
    versions.set(conversationId, Math.max(before, version));
    if (versions.size <= leftMax) return;
    const [oldest] = versions.keys();
    if (oldest !== undefined) versions.delete(oldest);
  }

  return {
    users,
    conversations,

    addUser(userId) {
      const user: LocalUser = { userId, recipients: [], follows: [], unsubscribe: () => {} };
      users.set(userId, user);
      user.unsubscribe = subscribe.toUser(userId);
      return user;
    },

    removeUser(user) {
      if (users.get(user.userId) === user) users.delete(user.userId);
      user.unsubscribe();
      for (const followed of user.follows) unfollow(user, followed);
      user.follows.length = 0;
    },

    join(user, conversationId, at) {
      if ((left.get(user)?.get(conversationId) ?? -1) >= at.version) return 'known';
      let followed = conversations.get(conversationId);
      const memberSince = followed?.followers.get(user);
      if (followed !== undefined && memberSince !== undefined) {
        if (at.version <= memberSince) return 'known';
        followed.followers.set(user, at.version);
        if (followed.version >= at.version - 1) return 'known';
        const unsettled = unsettle(followed, user);
        unsettled.from = Math.max(unsettled.from, at.from);
        return 'again';
      }
      if (users.get(user.userId) !== user) return 'known';
      if (followed === undefined) {
        followed = {
          conversationId,
          followers: new Map(),
          unsettled: null,
          version: at.from,
          memberCount: at.memberCount,
          cursors: createToldCursors(at.cursorVersion ?? null),
          held: new Map(),
          stopWaiting: null,
          unsubscribe: () => {},
        };
        conversations.set(conversationId, followed);
        followed.unsubscribe = subscribe.toConversation(conversationId);
      }
      followed.followers.set(user, at.version);
      if (at.from > followed.version) unsettle(followed, user).from = at.from;
      user.follows.push(followed);
      return 'begun';
    },

    leave(user, conversationId, version) {
      const followed = conversations.get(conversationId);
      const memberSince = followed?.followers.get(user);
      if (memberSince !== undefined && version <= memberSince) return false;
      noteLeft(user, conversationId, version);
      if (followed === undefined || memberSince === undefined) return false;
      user.follows.splice(user.follows.indexOf(followed), 1);
      unfollow(user, followed);
      return true;
    },
  };
}

/** What this follower is not told, to be changed. */
export function unsettle(followed: Followed, user: LocalUser): Unsettled {
  followed.unsettled ??= new Map();
  const known = followed.unsettled.get(user);
  if (known !== undefined) return known;
  const unsettled = { from: 0, suspect: false, skipped: 0 };
  followed.unsettled.set(user, unsettled);
  return unsettled;
}

/** Whether this follower is told the event of this version, the next one; while they are suspect it is noted. */
export function isToldNext(followed: Followed, user: LocalUser, version: number): boolean {
  const unsettled = followed.unsettled?.get(user);
  if (unsettled === undefined) return true;
  if (unsettled.suspect) {
    unsettled.skipped = version;
    return false;
  }
  if (unsettled.from >= version) return false;
  followed.unsettled?.delete(user);
  return true;
}
