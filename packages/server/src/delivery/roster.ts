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
  readonly recipients: Set<Recipient>;
  readonly follows: Map<string, Follower>;
  /** Version at which a conversation was left, so that a late notice of an earlier joining is refused. */
  readonly left: Map<string, number>;
}

export interface Follower {
  readonly user: LocalUser;
  /** Version of the newest change of this membership that is known. */
  memberSince: number;
  /** Events up to this version are known to this person otherwise. */
  from: number;
  /** True while it is uncertain whether they still are a member: nothing is delivered. */
  suspect: boolean;
  /** Highest version that was not delivered while suspect. */
  skipped: number;
}

export interface Followed {
  readonly conversationId: string;
  readonly followers: Map<string, Follower>;
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

/** `subscribe` is called when the first local user follows a conversation, its undo when the last stops. */
export function createRoster(subscribe: (conversationId: string) => () => void): Roster {
  const users = new Map<string, LocalUser>();
  const conversations = new Map<string, Followed>();

  function unfollow(user: LocalUser, conversationId: string): void {
    user.follows.delete(conversationId);
    const followed = conversations.get(conversationId);
    if (followed === undefined) return;
    followed.followers.delete(user.userId);
    if (followed.followers.size > 0) return;
    conversations.delete(conversationId);
    followed.stopWaiting?.();
    followed.unsubscribe();
  }

  return {
    users,
    conversations,

    addUser(userId) {
      const user: LocalUser = {
        userId,
        recipients: new Set(),
        follows: new Map(),
        left: new Map(),
      };
      users.set(userId, user);
      return user;
    },

    removeUser(user) {
      if (users.get(user.userId) === user) users.delete(user.userId);
      for (const conversationId of [...user.follows.keys()]) unfollow(user, conversationId);
    },

    join(user, conversationId, at) {
      if ((user.left.get(conversationId) ?? -1) >= at.version) return 'known';
      let followed = conversations.get(conversationId);
      const known = user.follows.get(conversationId);
      if (known !== undefined) {
        if (at.version <= known.memberSince) return 'known';
        known.memberSince = at.version;
        if ((followed?.version ?? 0) >= at.version - 1) return 'known';
        known.from = Math.max(known.from, at.from);
        return 'again';
      }
      if (users.get(user.userId) !== user) return 'known';
      if (followed === undefined) {
        followed = {
          conversationId,
          followers: new Map(),
          version: at.from,
          memberCount: at.memberCount,
          cursors: createToldCursors(at.cursorVersion ?? null),
          held: new Map(),
          stopWaiting: null,
          unsubscribe: () => {},
        };
        conversations.set(conversationId, followed);
        followed.unsubscribe = subscribe(conversationId);
      }
      const follower: Follower = {
        user,
        memberSince: at.version,
        from: at.from,
        suspect: false,
        skipped: 0,
      };
      followed.followers.set(user.userId, follower);
      // The text that is there already: each person would keep one of their own.
      user.follows.set(followed.conversationId, follower);
      return 'begun';
    },

    leave(user, conversationId, version) {
      const follower = user.follows.get(conversationId);
      if (follower !== undefined && version <= follower.memberSince) return false;
      const before = user.left.get(conversationId) ?? -1;
      user.left.delete(conversationId);
      user.left.set(conversationId, Math.max(before, version));
      if (user.left.size > leftMax) {
        const [oldest] = user.left.keys();
        if (oldest !== undefined) user.left.delete(oldest);
      }
      if (follower === undefined) return false;
      unfollow(user, conversationId);
      return true;
    },
  };
}
