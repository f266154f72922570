/** Owns the people, the messages and the pictures that the gallery draws with. */
import type { TimelineMessage } from '@natter/client';
import type { Attachment, FileId, Role, UserId } from '@natter/protocol';
import {
  conversationId,
  type FakeClient,
  item,
  message,
  mine,
  readyConversations,
  readyMessages,
} from '../test/fakeClient.ts';
import { galleryNow } from './frozenClock.ts';

export const here = conversationId(1);
export const minute = 60_000;
export const longName =
  'Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine, the younger of the two';
/** Of the window that the visual tests look at. */
export const wholeWindow = { width: 960, height: 720 };
export const wholePhone = { width: 390, height: 844 };
export const arabicText = 'أهلًا بك في ناتر، كيف كان يومك؟';

export const people = [
  person('ada', 'Ada Lovelace'),
  person('grace', 'Grace Hopper'),
  person('mateo', 'Mateo Álvarez'),
  person('yuki', 'Yuki Tanaka'),
  person('priya', 'Priya Raman'),
  person('omar', 'عمر حدّاد'),
];

function person(id: string, name: string) {
  return { id: id as UserId, name, picture: null, lastSeenAt: galleryNow - 3 * minute };
}

/** Somebody's message, `minutesAgo`. */
export function said(
  seq: number,
  minutesAgo: number,
  content: string,
  over: Partial<TimelineMessage> = {},
): TimelineMessage {
  return message({ seq, content, createdAt: galleryNow - minutesAgo * minute, ...over });
}

export function wrote(
  seq: number,
  minutesAgo: number,
  content: string,
  over: Partial<TimelineMessage> = {},
): TimelineMessage {
  return mine({
    seq,
    content,
    createdAt: galleryNow - minutesAgo * minute,
    status: 'read',
    ...over,
  });
}

export const graceSays = { senderId: 'grace' as UserId, senderName: 'Grace Hopper' };

export function image(n: number, width: number, height: number): Attachment {
  return {
    fileId: `0197c000-0000-7000-a000-${String(n).padStart(12, '0')}` as FileId,
    kind: 'image',
    name: `beach-${n}.jpg`,
    mediaType: 'image/jpeg',
    bytes: 183_000,
    width,
    height,
    thumbhash: null,
  };
}

export const report: Attachment = {
  ...image(900, 1, 1),
  kind: 'file',
  name: 'Quarterly report of the northern region, final version (2).pdf',
  mediaType: 'application/pdf',
  bytes: 2_345_678,
  width: null,
  height: null,
};

/** A landscape of two colours. As SVG, since it is drawn here and sent by nobody. */
export function paint(fake: FakeClient, pictures: readonly Attachment[]): void {
  for (const [at, { fileId, width, height }] of pictures.entries()) {
    const hue = (at * 67 + 200) % 360;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 4 3" preserveAspectRatio="none"><rect width="4" height="3" fill="hsl(${hue} 60% 72%)"/><path d="M0 2 L1 1.2 L2 1.9 L3 0.9 L4 1.7 V3 H0Z" fill="hsl(${hue} 45% 38%)"/><circle cx="3.2" cy=".6" r=".3" fill="hsl(${hue + 50} 90% 85%)"/></svg>`;
    fake.files.set(fileId, new Blob([svg], { type: 'image/svg+xml' }));
  }
}

/** A picture of one colour, as a person chooses it. */
export function pictureFile(name: string, hue: number): File {
  const canvas = Object.assign(document.createElement('canvas'), { width: 8, height: 8 });
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('unable to paint: this browser has no canvas');
  context.fillStyle = `hsl(${hue} 60% 60%)`;
  context.fillRect(0, 0, 8, 8);
  const bytes = atob(canvas.toDataURL('image/png').split(',')[1] ?? '');
  return new File([Uint8Array.from(bytes, (each) => each.charCodeAt(0))], name, {
    type: 'image/png',
  });
}

export interface Scene {
  kind?: 'direct' | 'group';
  title?: string;
  role?: Role;
  unreadCount?: number;
  readSeq?: number;
}

/** One conversation in the list, open, with these messages. */
export function stage(
  fake: FakeClient,
  messages: readonly TimelineMessage[],
  scene: Scene = {},
): void {
  const { kind = 'group', title = kind === 'group' ? 'Engine room' : 'Ada Lovelace' } = scene;
  fake.client.conversations.set({
    ...readyConversations,
    items: [item({ n: 1, ...scene, kind, title })],
  });
  fake.client.messages(here).set({ ...readyMessages, messages });
}

export function online(fake: FakeClient, ...ids: string[]): void {
  fake.client.presence.set(
    new Map(
      ids.map((id) => [
        id as UserId,
        { userId: id as UserId, online: true, lastSeenAt: galleryNow - minute },
      ]),
    ),
  );
}

/** How far each of the others has got. Those in `pictures` have one. */
export function receipts(
  fake: FakeClient,
  cursors: readonly [name: string, deliveredSeq: number, readSeq: number][],
  pictures: Readonly<Record<string, FileId>> = {},
): void {
  fake.client
    .receipts()
    .set(
      new Map(
        cursors.map(([name, deliveredSeq, readSeq]) => [
          name as UserId,
          { name, picture: pictures[name] ?? null, deliveredSeq, readSeq },
        ]),
      ),
    );
}
