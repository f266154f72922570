/** Owns the members of a group as far as they were asked for, and what events change of them. Pure. */
import { limits, type Member, type ServerEvent, type UserId } from '@natter/protocol';

export interface MemberPages {
  /** In the order of the server, by user id. */
  members: readonly Member[];
  /** Those after this one were not asked for; null when all are here. */
  next: UserId | null;
}

/** A first page in place of what was known of those in it. */
export function withFirst({ members, next }: MemberPages, page: MemberPages): MemberPages {
  const { next: end } = page;
  const later = end === null ? [] : members.filter(({ userId }) => userId > end);
  return later.length === 0 ? page : { members: [...page.members, ...later], next };
}

/** Nothing, when meanwhile it is not what follows. */
export function withMore(pages: MemberPages, after: UserId, page: MemberPages): MemberPages {
  if (pages.next !== after) return pages;
  return { members: [...pages.members, ...page.members], next: page.next };
}

/** The same object when the event changes nothing. */
export function withEvent(pages: MemberPages, event: ServerEvent): MemberPages {
  const { members, next } = pages;
  switch (event.type) {
    case 'memberJoined': {
      const { member } = event.data;
      // One who is further on comes with the page.
      if (next !== null && member.userId > next) return pages;
      const others = members.filter(({ userId }) => userId < member.userId);
      const after = members.filter(({ userId }) => userId > member.userId);
      return { members: [...others, member, ...after], next };
    }
    case 'memberLeft':
      if (!members.some(({ userId }) => userId === event.userId)) return pages;
      return { members: members.filter(({ userId }) => userId !== event.userId), next };
    case 'userUpdated':
      if (!members.some(({ userId }) => userId === event.userId)) return pages;
      return {
        members: members.map((each) =>
          each.userId === event.userId ? { ...each, ...event.data } : each,
        ),
        next,
      };
    default:
      return pages;
  }
}

/** Owners, then admins, then the others by name; of a group that is too large to be seen at once, in the server's order. */
export function inOrder({ members, next }: MemberPages, locale: string): readonly Member[] {
  if (next !== null || members.length > limits.largeConversationMembers) return members;
  const { compare } = new Intl.Collator(locale, { sensitivity: 'base', numeric: true });
  const rank = { owner: 0, admin: 1, member: 2 };
  return members.toSorted(
    (a, b) =>
      rank[a.role] - rank[b.role] || compare(a.name, b.name) || (a.userId < b.userId ? -1 : 1),
  );
}
