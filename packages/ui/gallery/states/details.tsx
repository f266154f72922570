/** Owns the states of who somebody is: my profile, the other person, a group. */
import type { FileId, Member, Role } from '@natter/protocol';
import { DetailsDialog } from '../../src/details/DetailsDialog.tsx';
import { ProfileDialog } from '../../src/identity/ProfileDialog.tsx';
import type { FakeClient } from '../../test/fakeClient.ts';
import { item, me, readyConversations } from '../../test/fakeClient.ts';
import { here, image, longName, online, paint, people } from '../scene.ts';
import type { State } from '../state.ts';

const nothing = () => {};
const photo = image(70, 320, 320);

const member = (
  userId: string,
  name: string,
  role: Role,
  picture: FileId | null = null,
): Member => ({
  userId: userId as Member['userId'],
  name,
  picture,
  role,
  deliveredSeq: 0,
  readSeq: 0,
  joinedAt: 0,
});

function group(role: Role, title = 'Engine room') {
  return (fake: FakeClient) => {
    const all = [
      member(me.userId, me.name, role),
      ...people.map(({ id, name }, at) =>
        member(
          id,
          name,
          at === 0 ? 'owner' : at === 1 ? 'admin' : 'member',
          at === 2 ? photo.fileId : null,
        ),
      ),
    ];
    paint(fake, [photo]);
    online(fake, 'grace', 'yuki');
    const shown = item({ n: 1, kind: 'group', title, role });
    fake.client.conversations.set({
      ...readyConversations,
      items: [{ ...shown, conversation: { ...shown.conversation, memberCount: all.length } }],
    });
    fake.client.conversations.getMembers = () =>
      Promise.resolve({ members: all, next: null }) as never;
  };
}

const details = () => (
  <DetailsDialog conversationId={here} onClose={nothing} muted onMute={nothing} />
);

export const detailsStates: readonly State[] = [
  { name: 'details/group, as its owner', above: true, given: group('owner'), draw: details },
  {
    name: 'details/group, as a member',
    above: true,
    given: group('member', longName),
    draw: details,
  },
  {
    name: 'details/group, right to left',
    above: true,
    rightToLeft: true,
    given: group('owner'),
    draw: details,
  },
  {
    name: 'details/person',
    above: true,
    given(fake) {
      online(fake, 'ada');
      fake.client.conversations.set({ ...readyConversations, items: [item()] });
    },
    draw: details,
  },
  {
    name: 'details/my profile',
    above: true,
    given(fake) {
      paint(fake, [photo]);
      fake.client.me.set({ ...me, picture: photo.fileId, nameEditable: true });
    },
    draw: () => <ProfileDialog onClose={nothing} />,
  },
  {
    name: 'details/my profile, name from elsewhere',
    above: true,
    draw: () => <ProfileDialog onClose={nothing} />,
  },
];
