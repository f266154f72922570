/** Owns the states of single messages: how far they have got, who has seen them, what the group says of itself. */
import type { TimelineMessage } from '@natter/client';
import { NatterError, type SystemLine, type UserId } from '@natter/protocol';
import { MessageDetails } from '../../src/timeline/MessageDetails.tsx';
import { Timeline } from '../../src/timeline/Timeline.tsx';
import { me, mine } from '../../test/fakeClient.ts';
import { galleryNow } from '../frozenClock.ts';
import {
  arabicText,
  here,
  image,
  longName,
  minute,
  paint,
  receipts,
  said,
  stage,
  wrote,
} from '../scene.ts';
import type { State } from '../state.ts';

const timeline = () => <Timeline conversationId={here} onEdit={() => {}} />;
const busy = new NatterError('overloaded', 'unable to send: the server is busy').toBody();

const everyStatus = [
  wrote(1, 12, 'Read'),
  wrote(2, 10, 'Delivered', { status: 'delivered' }),
  wrote(3, 8, 'Sent', { status: 'sent' }),
  mine({ seq: null, content: 'On its way', status: 'sending', createdAt: galleryNow }),
  mine({
    seq: null,
    id: '0197c000-0000-7000-9000-000000888888' as TimelineMessage['id'],
    content: 'Not sent',
    status: 'failed',
    error: busy,
    createdAt: galleryNow,
  }),
];

const person = (userId: string, name: string) => ({ userId: userId as UserId, name });
const grace = person('grace', 'Grace Hopper');

const lines: readonly SystemLine[] = [
  { kind: 'added', users: [grace], count: 1 },
  {
    kind: 'added',
    users: [person(me.userId, me.name), grace, person('omar', 'عمر حدّاد')],
    count: 7,
  },
  { kind: 'renamed', name: longName },
  { kind: 'pictureChanged' },
  { kind: 'roleChanged', users: [grace], count: 1, role: 'admin' },
  { kind: 'removed', users: [person('long', longName)], count: 1 },
  { kind: 'left' },
];

const systemLines = [
  ...lines.map((system, at) => said(at + 1, 20 - at, '', { type: 'system', system })),
  said(8, 4, 'Between people, lines of the group stand back.'),
  wrote(9, 3, '', { type: 'system', system: { kind: 'pictureChanged' } }),
];

const seen: readonly [string, number, number][] = [
  ['Grace Hopper', 5, 5],
  ['Mateo Álvarez', 5, 4],
  [longName, 5, 1],
  ['عمر حدّاد', 0, 0],
];

const face = image(80, 320, 320);
const faces = { 'Mateo Álvarez': face.fileId };

const longNamed = { senderId: 'long' as UserId, senderName: longName };

const details = () => (
  <MessageDetails
    message={wrote(4, 30, 'Who has seen it?', { editedAt: galleryNow - minute })}
    onClose={() => {}}
  />
);

export const messageStates: readonly State[] = [
  {
    name: 'messages/every status',
    height: 420,
    given: (fake) => stage(fake, everyStatus, { kind: 'direct' }),
    draw: timeline,
  },
  {
    name: 'messages/every status, bare pictures',
    height: 620,
    given(fake) {
      const [picture] = [image(1, 1_600, 900)];
      const bare = { type: 'image', content: '', attachments: [picture] } as const;
      stage(fake, [wrote(1, 12, '', bare), wrote(2, 10, '', { ...bare, status: 'sent' })], {
        kind: 'direct',
      });
      paint(fake, [picture]);
    },
    draw: timeline,
  },
  {
    name: 'messages/seen by some',
    height: 260,
    given(fake) {
      stage(fake, [
        wrote(4, 8, 'Read by two', { status: 'delivered' }),
        wrote(5, 6, 'Read by one', { status: 'sent' }),
      ]);
      receipts(fake, seen);
    },
    draw: timeline,
  },
  {
    name: 'messages/seen by, in full',
    above: true,
    given(fake) {
      stage(fake, []);
      paint(fake, [face]);
      receipts(fake, seen, faces);
    },
    draw: details,
  },
  {
    name: 'messages/seen by, phone',
    above: true,
    phone: true,
    given(fake) {
      stage(fake, []);
      paint(fake, [face]);
      receipts(fake, seen, faces);
    },
    draw: details,
  },
  {
    name: 'messages/system lines',
    height: 520,
    given: (fake) => stage(fake, systemLines),
    draw: timeline,
  },
  {
    name: 'messages/system lines, right to left',
    height: 520,
    rightToLeft: true,
    given: (fake) => stage(fake, systemLines),
    draw: timeline,
  },
  {
    name: 'messages/long names',
    height: 320,
    given: (fake) =>
      stage(fake, [
        said(1, 9, 'Short', longNamed),
        said(
          2,
          8,
          'A text that is as long as what a bubble can hold, and then some more',
          longNamed,
        ),
        said(3, 7, arabicText, { senderId: 'omar' as UserId, senderName: 'عمر حدّاد' }),
      ]),
    draw: timeline,
  },
];
