import type { Attachment, FileId } from '@natter/protocol';
import { expect, test } from 'vitest';
import { message } from '../../test/fakeClient.ts';
import { sameImage, viewerImages } from './viewerImages.ts';

const file = (name: string, kind: 'image' | 'file' = 'image') =>
  ({ fileId: name as FileId, name, kind, bytes: 1, width: 4, height: 3 }) as Attachment;

test('a viewer goes through the images of all messages, and tells each its place in its own', () => {
  const images = viewerImages([
    message({ seq: 1, attachments: [file('a'), file('notes', 'file'), file('b')] }),
    message({ seq: 2 }),
    message({ seq: 3, attachments: [file('gone')], deletedAt: 5 }),
    message({ seq: 4, attachments: [file('c')] }),
  ]);
  expect(images.map(({ attachment, place, of }) => [attachment.name, place, of])).toEqual([
    ['a', 1, 2],
    ['b', 2, 2],
    ['c', 1, 1],
  ]);
});

test('an image that was sent twice is two', () => {
  const [first, second] = viewerImages([
    message({ seq: 1, attachments: [file('a')] }),
    message({ seq: 2, attachments: [file('a')] }),
  ]);
  if (first === undefined || second === undefined) throw new Error('there are two');
  const place = { messageId: first.messageId, fileId: 'a' };
  expect([sameImage(first, place), sameImage(second, place)]).toEqual([true, false]);
});
