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
import type { Storage } from '@natter/server';
import { people } from './people.ts';
import { drawPicture } from './pictures.ts';
import { type Chapter, type Line, linesOf, type Script } from './script.ts';
import { scripts } from './scripts.ts';

const hourMs = 3_600_000;
/** The moment in the ids. Only their order matters. */
const epochMs = 1_700_000_000_000;

export interface Seeding {
  storage: Storage;
  /** When the story ends: now. */
  nowMs: number;
  /** Puts the database's clock there. */
  moveTo: (ms: number) => void;
  upload: Upload;
}

export type Upload = (by: UserId, file: { data: Uint8Array; name: string }) => Promise<FileId>;

export async function seedDemo(seeding: Seeding): Promise<void> {
  const { storage } = seeding;
  for (const person of people)
    await storage.saveUser({ id: person.id, name: person.name, keepChosen: true });
  for (const script of scripts) await play(script, seeding);
}

async function play(script: Script, seeding: Seeding): Promise<void> {
  const { storage, nowMs, moveTo } = seeding;
  const moments = script.chapters.flatMap((chapter) => momentsOf(chapter, nowMs));
  const [creatorId, ...userIds] = script.members as readonly UserId[];
  if (creatorId === undefined) return;
  moveTo(moments[0] ?? nowMs);
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

  const lines = linesOf(script);
  for (let from = 0; from < lines.length; ) {
    const moment = moments[from] ?? nowMs;
    moveTo(moment);
    const waiting: Promise<void>[] = [];
    for (; from < lines.length && (moments[from] ?? nowMs) === moment; from++) {
      const line = lines[from];
      if (line === undefined) break;
      const fileIds = await uploadOf(line, seeding.upload);
      // In the order of the calls, which is the order in which storage numbers them.
      waiting.push(
        append(storage, {
          id: idOf(`${script.key} ${from}`, from) as MessageId,
          conversationId,
          senderId: line[0] as UserId,
          content: typeof line[1] === 'string' ? line[1] : line[1].text,
          fileIds,
        }),
      );
    }
    await Promise.all(waiting);
  }

  const last = lines.length;
  await storage.moveCursors(
    script.members.map((member) => ({
      conversationId,
      userId: member as UserId,
      deliveredSeq: last,
      readSeq: last - (script.unread[member] ?? 0),
    })),
  );
}

/** When each line was said. In a long chapter lines come in bursts that share a moment, and one wait for the disk. */
function momentsOf({ hoursAgo, hours, lines }: Chapter, nowMs: number): number[] {
  const burst = lines.length > 40 ? 8 : 1;
  const lastBurst = Math.floor((lines.length - 1) / burst);
  const step = lastBurst > 0 ? (hours * hourMs) / lastBurst : 0;
  const end = nowMs - hoursAgo * hourMs;
  return lines.map((_line, at) => Math.floor(end - (lastBurst - Math.floor(at / burst)) * step));
}

async function append(
  storage: Storage,
  message: Parameters<Storage['appendMessage']>[0],
): Promise<void> {
  const appended = await storage.appendMessage(message);
  // `conflict`: a picture that an earlier, cut off start has sent with another upload.
  if (appended.outcome === 'refused' && appended.reason !== 'conflict') {
    throw new Error(`unable to write a message of the demo: ${appended.reason}`);
  }
}

async function uploadOf([by, said]: Line, upload: Upload): Promise<FileId[]> {
  if (typeof said === 'string') return [];
  const { data, file } = await drawPicture(said.picture);
  return [await upload(by as UserId, { data, name: file })];
}

/** The upload that the web app does too, from the server to itself. */
export function createUpload(origin: string, tokenOf: (userId: UserId) => Promise<string>): Upload {
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

/** The mark names the database that has been seeded, so that a new one is seeded again. */
export async function isSeeded(markPath: string, storage: Storage): Promise<boolean> {
  try {
    const mark: unknown = JSON.parse(await readFile(markPath, 'utf8'));
    return (
      typeof mark === 'object' && mark !== null && 'epoch' in mark && mark.epoch === storage.epoch
    );
  } catch {
    // Missing, or cut off while it was written: seed again, which is harmless.
    return false;
  }
}

export async function markSeeded(markPath: string, storage: Storage): Promise<void> {
  await writeFile(markPath, `${JSON.stringify({ epoch: storage.epoch })}\n`);
}

function idOf(key: string, at = 0): string {
  return uuidv7(epochMs + at * 1_000, createHash('sha256').update(`natter demo ${key}`).digest());
}
