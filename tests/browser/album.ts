/** Owns a long conversation of words and pictures: every other page of it is full of both, in all proportions. */

import type { ConversationId, FileId, UserId } from '@natter/protocol';

import sharp from 'sharp';
import { createUpload } from '../../apps/natter/src/demo/seed.ts';
import type { App, PersonId } from './app.ts';
import { createGroup, sendText, tokenOf } from './calls.ts';

export interface Album {
  members: readonly [PersonId, ...PersonId[]];
  messages: number;
  /** Every nth message has pictures: one, or a few. */
  pictureEvery: number;
}

const shapes = [
  [1_200, 800],
  [600, 1_000],
  [900, 900],
  [1_600, 500],
  [160, 120],
] as const;
const sentence = 'The path goes on along the river, and then up through the trees. ';

/** Written by all but the first member, in turn. */
export async function writeAlbum(
  app: App,
  title: string,
  { members, messages, pictureEvery }: Album,
): Promise<ConversationId> {
  const conversationId = await createGroup(app, title, members);
  for (let at = 0; at < messages; at++)
    await writePage(app, conversationId, members, at, pictureEvery);
  return conversationId;
}

async function writePage(
  app: App,
  conversationId: ConversationId,
  [, ...writers]: Album['members'],
  at: number,
  pictureEvery: number,
): Promise<void> {
  // Runs of several by one, as people write.
  const by = writers[Math.floor(at / 3) % writers.length] as PersonId;
  const isPicture = at % pictureEvery === pictureEvery - 1;
  const count = isPicture ? 1 + (Math.floor(at / pictureEvery) % 4) : 0;
  const fileIds: FileId[] = [];
  for (let n = 0; n < count; n++) fileIds.push(await uploadPicture(app, by, at + n));
  const content = isPicture && at % 2 === 0 ? '' : `${at + 1}. ${sentence.repeat((at * 7) % 5)}`;
  await sendText(app, by, conversationId, content.trim(), fileIds);
}

/** The real upload of a picture of its own. */
export async function uploadPicture(app: App, by: PersonId, seed: number): Promise<FileId> {
  const [width, height] = shapes[seed % shapes.length] ?? [900, 900];
  const hue = (seed * 47) % 360;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${hue},70%,60%)"/><stop offset="1" stop-color="hsl(${hue + 60},60%,30%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="50%" cy="50%" r="30%" fill="hsl(${hue + 180},60%,70%)"/></svg>`;
  const data = await sharp(Buffer.from(svg)).jpeg().toBuffer();
  const upload = createUpload(app.url, (userId) => tokenOf(app, userId as string as PersonId));
  return upload(by as string as UserId, { data, name: `picture ${seed}.jpg` });
}
