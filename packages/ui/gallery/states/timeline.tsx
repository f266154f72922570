/** Owns the states of the timeline and of its messages. */
import { NatterError } from '@natter/protocol';
import { Timeline } from '../../src/timeline/Timeline.tsx';
import { mine, readyMessages } from '../../test/fakeClient.ts';
import { galleryNow } from '../frozenClock.ts';
import {
  arabicText,
  graceSays,
  here,
  image,
  minute,
  paint,
  report,
  said,
  stage,
  wrote,
} from '../scene.ts';
import type { State } from '../state.ts';

const timeline = () => <Timeline conversationId={here} onEdit={() => {}} />;
const busy = new NatterError('overloaded', 'unable to send: the server is busy').toBody();

const runs = [
  said(1, 60 * 30, 'Yesterday’s last word'),
  said(2, 60, 'A run of messages'),
  said(3, 59, 'belongs together'),
  said(4, 58, 'and ends with a tail'),
  said(5, 50, 'Somebody else begins another', graceSays),
  wrote(6, 12, 'Mine are on the other side', { editedAt: galleryNow }),
  wrote(7, 11, 'Delivered', { status: 'delivered' }),
  wrote(8, 10, 'Sent', { status: 'sent' }),
  mine({ seq: null, content: 'On its way', status: 'sending', createdAt: galleryNow }),
];

const marks = [
  said(
    1,
    9,
    'Some **bold**, some *italic*, some `code`, and https://example.org/a/path?with=query',
  ),
  said(
    2,
    8,
    '> What did she say?\n\nShe said:\n\n- one\n- two\n  - two and a half\n\n1. first\n2. second',
  ),
  wrote(
    3,
    7,
    '```\nconst answer = await ask({ question: "a line of code that is longer than the bubble is wide" });\n```',
  ),
  said(4, 6, `A-word-that-never-ends-${'x'.repeat(80)}`),
  said(5, 5, '<b>not bold</b> <img src=x onerror=alert(1)>'),
];

const grids = [1, 2, 3, 4, 7].map((count, row) =>
  (row % 2 === 0 ? said : wrote)(row + 1, 20 - row, row === 0 ? 'One, with words' : '', {
    type: 'image',
    attachments: Array.from({ length: count }, (_, at) =>
      image(row * 10 + at, at % 2 === 0 ? 1_600 : 900, at % 2 === 0 ? 1_200 : 1_600),
    ),
  }),
);

export const timelineStates: readonly State[] = [
  {
    name: 'timeline/loading',
    height: 300,
    given({ client }) {
      client.messages(here).set({ ...readyMessages, state: 'loading' });
    },
    draw: timeline,
  },
  { name: 'timeline/empty', height: 300, given: (fake) => stage(fake, []), draw: timeline },
  {
    name: 'timeline/failed',
    height: 300,
    given({ client }) {
      client.messages(here).set({ ...readyMessages, state: 'error', error: busy });
    },
    draw: timeline,
  },
  { name: 'timeline/runs', height: 640, given: (fake) => stage(fake, runs), draw: timeline },
  {
    name: 'timeline/direct',
    height: 640,
    given: (fake) => stage(fake, runs, { kind: 'direct' }),
    draw: timeline,
  },
  {
    name: 'timeline/unread line',
    height: 420,
    given: (fake) => stage(fake, runs.slice(1, 5), { unreadCount: 2, readSeq: 3 }),
    draw: timeline,
  },
  { name: 'timeline/marks', height: 760, given: (fake) => stage(fake, marks), draw: timeline },
  {
    name: 'timeline/marks, wide',
    width: 900,
    height: 640,
    given: (fake) => stage(fake, marks),
    draw: timeline,
  },
  {
    name: 'timeline/emoji',
    height: 320,
    given: (fake) =>
      stage(fake, [said(1, 3, '👍'), wrote(2, 2, '🎉🎊🥳'), said(3, 1, 'Well done 👏')]),
    draw: timeline,
  },
  {
    name: 'timeline/images',
    height: 1_500,
    given(fake) {
      stage(fake, grids);
      paint(
        fake,
        grids.flatMap(({ attachments }) => attachments),
      );
    },
    draw: timeline,
  },
  {
    name: 'timeline/image not available',
    height: 420,
    given: (fake) => stage(fake, grids.slice(0, 1)),
    draw: timeline,
  },
  {
    name: 'timeline/files',
    height: 320,
    given: (fake) =>
      stage(fake, [
        said(1, 4, 'Here it is', { type: 'file', attachments: [report] }),
        wrote(2, 3, '', {
          type: 'file',
          attachments: [{ ...report, name: 'a.zip', mediaType: 'application/zip' }],
        }),
      ]),
    draw: timeline,
  },
  {
    name: 'timeline/files, narrow',
    width: 300,
    height: 320,
    given: (fake) => stage(fake, [said(1, 4, '', { type: 'file', attachments: [report] })]),
    draw: timeline,
  },
  {
    name: 'timeline/uploading',
    height: 420,
    given: (fake) =>
      stage(fake, [
        mine({
          seq: null,
          content: 'Two files on their way',
          status: 'sending',
          createdAt: galleryNow,
          pending: [
            {
              localId: 'a',
              kind: 'file',
              name: report.name,
              mediaType: report.mediaType,
              bytes: report.bytes,
              previewUrl: null,
              progress: 0.4,
            },
            {
              localId: 'b',
              kind: 'image',
              name: 'beach.jpg',
              mediaType: 'image/jpeg',
              bytes: 400_000,
              previewUrl: null,
              progress: 0,
            },
          ],
        }),
      ]),
    draw: timeline,
  },
  {
    name: 'timeline/failed, refused, deleted',
    height: 420,
    given: (fake) =>
      stage(fake, [
        said(1, 9, '', { deletedAt: galleryNow - minute }),
        wrote(2, 8, '', { deletedAt: galleryNow - minute }),
        wrote(3, 7, 'An edit that was refused', { error: busy }),
        mine({
          seq: null,
          content: 'Not sent',
          status: 'failed',
          error: busy,
          createdAt: galleryNow,
        }),
      ]),
    draw: timeline,
  },
  {
    name: 'timeline/right to left',
    height: 640,
    rightToLeft: true,
    given: (fake) =>
      stage(fake, [
        said(1, 9, arabicText),
        wrote(2, 8, 'بخير، شكرًا لك!'),
        said(3, 7, 'A line in English among Arabic ones', graceSays),
        wrote(4, 1, arabicText, { status: 'sent' }),
      ]),
    draw: timeline,
  },
  {
    name: 'timeline/left to right with Arabic in it',
    height: 320,
    given: (fake) => stage(fake, [said(1, 9, arabicText), wrote(2, 8, `He wrote: ${arabicText}`)]),
    draw: timeline,
  },
];
