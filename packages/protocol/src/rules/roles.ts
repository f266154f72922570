/** Owns who may do what in a conversation. SPEC's table is this table, and a test walks every cell. */
export type Role = 'owner' | 'admin' | 'member';
export type ConversationKind = 'direct' | 'group';

export type Action =
  | 'read'
  | 'send'
  | 'editOwn'
  | 'deleteOwn'
  | 'deleteOthers'
  | 'updateDetails'
  | 'addMember'
  | 'addAdmin'
  | 'addOwner'
  | 'removeMember'
  | 'removeAdmin'
  | 'removeOwner'
  | 'leave';

const everyone: readonly Action[] = ['read', 'send', 'editOwn', 'deleteOwn'];
const admin: readonly Action[] = [
  ...everyone,
  'leave',
  'deleteOthers',
  'updateDetails',
  'addMember',
  'removeMember',
];
const owner: readonly Action[] = [...admin, 'addAdmin', 'addOwner', 'removeAdmin', 'removeOwner'];

/** A direct conversation has two equal members for good: nobody is added, removed, or leaves. */
export const permissions: Record<ConversationKind, Record<Role, readonly Action[]>> = {
  direct: { owner: everyone, admin: everyone, member: everyone },
  group: { owner, admin, member: [...everyone, 'leave'] },
};

export const actions: readonly Action[] = [...new Set(owner)];
export const roles: readonly Role[] = ['owner', 'admin', 'member'];

export function may(kind: ConversationKind, role: Role, action: Action): boolean {
  return permissions[kind][role].includes(action);
}

/** The action that giving somebody this role is. */
export function addAction(role: Role): Action {
  return role === 'owner' ? 'addOwner' : role === 'admin' ? 'addAdmin' : 'addMember';
}

/** The action that taking somebody with this role out is. */
export function removeAction(role: Role): Action {
  return role === 'owner' ? 'removeOwner' : role === 'admin' ? 'removeAdmin' : 'removeMember';
}
