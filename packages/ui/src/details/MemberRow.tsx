/** Owns one member as the list shows them: whether they are there, their role, and what I may do about it. */
import type { Member, Role } from '@natter/protocol';
import { useMe, usePresence } from '@natter/react';
import { Avatar } from '../avatar/Avatar.tsx';
import type { MenuItem } from '../menus/Menu.tsx';
import { MenuButton } from '../menus/MenuButton.tsx';
import { presenceText } from '../presence/presenceText.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { type OfferedChanges, offeredChanges } from './offeredChanges.ts';

export type MemberChange =
  | { kind: 'role'; member: Member; role: Role }
  | { kind: 'remove'; member: Member };

export interface MemberRowProps {
  member: Member;
  myRole: Role;
  isLastOwner: boolean;
  onChange: (change: MemberChange) => void;
}

export function MemberRow({ member, myRole, isLastOwner, onChange }: MemberRowProps) {
  const { texts, locale } = useUi();
  const say = texts.details;
  const isMe = member.userId === useMe()?.userId;
  const now = useNow(60_000);
  const presence = usePresence([member.userId]).get(member.userId);
  const items = menuOf(offeredChanges(myRole, member, { isMe, isLastOwner }));

  function menuOf({ roles, remove }: OfferedChanges): MenuItem[] {
    return [
      ...roles.map((role) => ({
        label: isMe && role !== 'owner' ? say.stepDown[role] : say.make[role],
        icon: icons[role],
        onSelect: () => onChange({ kind: 'role', member, role }),
      })),
      ...(remove
        ? [
            {
              label: say.remove,
              icon: 'signOut' as const,
              danger: true,
              startsGroup: roles.length > 0,
              onSelect: () => onChange({ kind: 'remove', member }),
            },
          ]
        : []),
    ];
  }

  return (
    <div className="natter-person">
      <Avatar
        id={member.userId}
        name={member.name}
        picture={member.picture}
        size="small"
        online={presence?.online === true}
        silent
      />
      <span className="natter-person-text">
        <span className="natter-person-name natter-one-line" dir="auto">
          {isMe ? say.yourself(member.name) : member.name}
        </span>
        <span className="natter-person-seen">
          {isMe ? '' : presenceText(presence, now, texts, locale)}
        </span>
      </span>
      {member.role !== 'member' && (
        <span className="natter-person-role">{say.role[member.role]}</span>
      )}
      {items.length > 0 && (
        <MenuButton icon="more" label={say.actionsFor(member.name)} items={items} />
      )}
    </div>
  );
}

const icons = { owner: 'crown', admin: 'shield', member: 'person' } as const;
