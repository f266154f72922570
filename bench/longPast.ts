/**
 * Owns what the timeline is measured with: a data folder with a conversation of 10,000 messages and 500 pictures, and a
 * person in 5,000 conversations. Pictures come by the real upload, the rest by the storage's own commands.
 */
import {
  type ConversationId,
  type FileId,
  type MessageId,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import { openSqlite, type Storage, silentLog, systemClock, systemRandom } from '@natter/server';
import sharp from 'sharp';
import { createUpload } from '../apps/natter/src/demo/seed.ts';

export interface LongPast {
  /** Who is in the long conversation, and who in the many. */
  reader: string;
  collector: string;
  conversationId: ConversationId;
  title: string;
  /** Of the first message. */
  firstId: MessageId;
}

export const messages = 10_000;
export const pictures = 500;
export const conversations = 5_000;

const reader = 'ada' as UserId;
const collector = 'yuki' as UserId;
// Nobody may have more than a hundred files that are not sent yet.
const writers = [
  'grace',
  'mateo',
  'omar',
  'ada',
  'priya',
  'lena',
  'tunde',
  'yuki',
] as string[] as UserId[];
const title = 'Ten thousand';
const minuteMs = 60_000;
/** So many commands wait for one commit. */
const atOnce = 250;
const shapes = [
  [1_200, 800],
  [600, 1_000],
  [900, 900],
  [1_600, 500],
] as const;
const sentences = [
  'The path goes on along the river, and then up through the trees.',
  'Can you bring the *large* rope?',
  'See https://example.org/map for the way.',
  'Yes.',
  'We meet at eight, at the `north` gate, and whoever is late walks behind until lunch.',
];

/** `url`: of the program on the folder whose files they are. */
export async function uploadPictures(
  url: string,
  tokenOf: (userId: string) => Promise<string>,
): Promise<FileId[]> {
  const upload = createUpload(url, tokenOf);
  const drawn = await Promise.all(
    Array.from({ length: 20 }, async (_, seed) => {
      const [width, height] = shapes[seed % shapes.length] ?? [900, 900];
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="hsl(${seed * 47},70%,60%)"/><stop offset="1" stop-color="hsl(${seed * 47 + 60},60%,30%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/><circle cx="50%" cy="50%" r="30%" fill="hsl(${seed * 47 + 180},60%,70%)"/></svg>`;
      return sharp(Buffer.from(svg)).jpeg().toBuffer();
    }),
  );
  const ids: FileId[] = [];
  for (let at = 0; at < pictures; at++) {
    const by = writers[Math.floor((at * messages) / pictures / 3) % writers.length] as UserId;
    const data = drawn[at % drawn.length];
    if (data !== undefined) ids.push(await upload(by, { data, name: `picture ${at}.jpg` }));
  }
  return ids;
}

/** `path`: of the database, which no program has open. */
export async function writePast(path: string, fileIds: readonly FileId[]): Promise<LongPast> {
  // All of it is long ago: what is of just now, or still to come, is told to whoever connects again and again.
  let now = systemClock.now() - (messages + conversations) * minuteMs;
  const runtime = {
    clock: { ...systemClock, now: () => now },
    random: systemRandom,
    log: silentLog,
  };
  const storage = await openSqlite({ path, runtime, writer: 'inline' });
  try {
    const conversationId = await create(storage, title, writers);
    let firstId: MessageId | null = null;
    for (let from = 0; from < messages; from += atOnce) {
      now += atOnce * minuteMs;
      const ids = await Promise.all(
        Array.from({ length: Math.min(atOnce, messages - from) }, (_, n) => {
          const at = from + n;
          const every = messages / pictures;
          const fileId = at % every === 0 ? fileIds[at / every] : undefined;
          return append(
            storage,
            conversationId,
            writers[Math.floor(at / 3) % writers.length] as UserId,
            {
              content: Array.from({ length: 1 + (at % 3) }, (_, k) => sentences[(at + k) % 5]).join(
                ' ',
              ),
              ...(fileId === undefined ? {} : { fileIds: [fileId] }),
            },
          );
        }),
      );
      firstId ??= ids[0] ?? null;
    }
    await storage.moveCursors(
      writers.map((userId) => ({
        conversationId,
        userId,
        deliveredSeq: messages,
        readSeq: messages,
      })),
    );
    for (let from = 0; from < conversations; from += atOnce) {
      now += minuteMs;
      await Promise.all(
        Array.from({ length: atOnce }, async (_, n) => {
          const id = await create(storage, `Group ${from + n + 1}`, [collector, 'lena' as UserId]);
          await append(storage, id, 'lena' as UserId, { content: sentences[n % 5] ?? '' });
        }),
      );
    }
    if (firstId === null) throw new Error('nothing was written');
    return { reader, collector, conversationId, title, firstId };
  } finally {
    await storage.close();
  }
}

async function create(
  storage: Storage,
  name: string,
  [creatorId, ...userIds]: readonly UserId[],
): Promise<ConversationId> {
  const id = newId<ConversationId>();
  if (creatorId === undefined) throw new Error('nobody creates it');
  const { outcome } = await storage.createConversation({
    id,
    kind: 'group',
    creatorId,
    userIds,
    name,
  });
  if (outcome === 'refused') throw new Error(`unable to create ${name}`);
  return id;
}

async function append(
  storage: Storage,
  conversationId: ConversationId,
  senderId: UserId,
  said: { content: string; fileIds?: FileId[] },
): Promise<MessageId> {
  const id = newId<MessageId>();
  const appended = await storage.appendMessage({
    id,
    conversationId,
    senderId,
    fileIds: [],
    ...said,
  });
  if (appended.outcome === 'refused') throw new Error(`unable to write: ${appended.reason}`);
  return id;
}

function newId<Id extends string>(): Id {
  return uuidv7(systemClock.now(), systemRandom.bytes(10)) as string as Id;
}
