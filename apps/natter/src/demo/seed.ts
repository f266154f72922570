/**
 * Owns putting the demo's conversations into an empty database, by the same commands and the same upload as anyone's.
 * Every id comes from what is written, so a start that was cut off is completed by the next one, and nothing twice.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import {
  type Attachment,
  type ConversationId,
  type FileId,
  type MessageId,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import type { AppendMessage, Storage } from '@natter/server';
import { people } from './people.ts';
import { drawPicture } from './pictures.ts';
import type { Line, Script } from './script.ts';
import { scripts } from './scripts.ts';

/** Saving waits for the disk; many at once share one wait. */
const atOnce = 200;
/** The moment in the ids. Only their order matters. */
const epochMs = 1_700_000_000_000;

export async function seedDemo(deps: {
  storage: Storage;
  /** Where the mark of a finished seed is kept; it names the database it belongs to. */
  markPath: string;
  upload: (by: UserId, file: { data: Uint8Array; name: string }) => Promise<FileId>;
}): Promise<'seeded' | 'already'> {
  const { storage, markPath } = deps;
  if ((await readMark(markPath)) === storage.epoch) return 'already';
  for (const person of people) await storage.saveUser({ id: person.id, name: person.name });
  for (const script of scripts) await play(script, deps);
  await writeFile(markPath, `${JSON.stringify({ epoch: storage.epoch })}\n`);
  return 'seeded';
}

async function play(script: Script, deps: Parameters<typeof seedDemo>[0]): Promise<void> {
  const { storage } = deps;
  const [creatorId, ...userIds] = script.members as readonly UserId[];
  if (creatorId === undefined) return;
  const created = await storage.createConversation({
    id: idOf(script.key) as ConversationId,
    kind: script.kind,
    creatorId,
    userIds,
    name: script.name,
  });
  if (created.outcome === 'refused') {
    throw new Error(`unable to write the demo's ${script.key}: ${created.reason}`);
  }
  const { conversationId } = created;

  let waiting: Promise<void>[] = [];
  for (const [at, line] of script.lines.entries()) {
    const fileIds = await uploadOf(line, deps);
    // In the order of the calls, which is the order in which storage numbers them.
    waiting.push(
      append(storage, {
        id: idOf(`${script.key} ${at}`, at) as MessageId,
        conversationId,
        senderId: line[0] as UserId,
        content: typeof line[1] === 'string' ? line[1] : line[1].text,
        fileIds,
      }),
    );
    if (waiting.length >= atOnce) {
      await Promise.all(waiting);
      waiting = [];
    }
  }
  await Promise.all(waiting);

  const last = script.lines.length;
  await storage.moveCursors(
    script.members.map((member) => ({
      conversationId,
      userId: member as UserId,
      deliveredSeq: last,
      readSeq: last - (script.unread[member] ?? 0),
    })),
  );
}

async function append(storage: Storage, message: AppendMessage): Promise<void> {
  const appended = await storage.appendMessage(message);
  // `conflict`: a picture that an earlier, cut off start has sent with another upload.
  if (appended.outcome === 'refused' && appended.reason !== 'conflict') {
    throw new Error(`unable to write a message of the demo: ${appended.reason}`);
  }
}

async function uploadOf(
  [by, said]: Line,
  { upload }: Parameters<typeof seedDemo>[0],
): Promise<FileId[]> {
  if (typeof said === 'string') return [];
  const { data, file } = await drawPicture(said.picture);
  return [await upload(by as UserId, { data, name: file })];
}

/** The upload that the web app does too, from the server to itself. */
export function createUpload(
  origin: string,
  tokenOf: (userId: UserId) => Promise<string>,
): Parameters<typeof seedDemo>[0]['upload'] {
  return async (by, { data, name }) => {
    const headers = {
      authorization: `Bearer ${await tokenOf(by)}`,
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-length': String(data.byteLength),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
    };
    const body = new Uint8Array(data);
    const response = await fetch(`${origin}/v1/uploads`, { method: 'POST', headers, body });
    if (response.status !== 201) {
      throw new Error(`unable to upload ${name}: the server answered ${response.status}`);
    }
    return ((await response.json()) as Attachment).fileId;
  };
}

function idOf(key: string, at = 0): string {
  return uuidv7(epochMs + at * 1_000, createHash('sha256').update(`natter demo ${key}`).digest());
}

async function readMark(path: string): Promise<string | null> {
  try {
    const mark: unknown = JSON.parse(await readFile(path, 'utf8'));
    return typeof mark === 'object' && mark !== null && 'epoch' in mark ? String(mark.epoch) : null;
  } catch {
    // Missing, or cut off while it was written: seed again, which is harmless.
    return null;
  }
}
