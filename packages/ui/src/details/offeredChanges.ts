/** Owns what I can do with a member of my group. The server decides; this keeps from offering what it would refuse. */
import { addAction, type Member, may, type Role, removeAction, roles } from '@natter/protocol';

export interface OfferedChanges {
  /** Other roles than theirs, the highest first. */
  roles: readonly Role[];
  remove: boolean;
}

/** `isLastOwner`: they are an owner, and no other is known. A group has one while it has anybody. */
export function offeredChanges(
  myRole: Role,
  member: Pick<Member, 'role'>,
  { isMe, isLastOwner }: { isMe: boolean; isLastOwner: boolean },
): OfferedChanges {
  const takesOut = may('group', myRole, removeAction(member.role));
  const gives = (role: Role) => role !== member.role && may('group', myRole, addAction(role));
  return {
    roles: takesOut && !isLastOwner ? roles.filter(gives) : [],
    // For oneself it is called leaving, and is elsewhere.
    remove: takesOut && !isMe,
  };
}

/** Who becomes owner when the last one leaves: the longest-standing admin, else the longest-standing member. */
export function heirOf(members: readonly Member[], leaving: Member['userId']): Member | null {
  const others = members.filter(({ userId }) => userId !== leaving);
  const rank = ({ role }: Member) => (role === 'member' ? 1 : 0);
  const [heir] = others.sort(
    (a, b) => rank(a) - rank(b) || a.joinedAt - b.joinedAt || (a.userId < b.userId ? -1 : 1),
  );
  return heir ?? null;
}
