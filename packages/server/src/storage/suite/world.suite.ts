/** What the storage suites share: one open storage, fresh ids, and people who talk. */
import {
  type Attachment,
  type ConversationId,
  type FileId,
  type Message,
  type MessageId,
  type Role,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import { expect } from 'vitest';
import type { Runtime } from '../../runtime/contract.ts';
import { silentLog, systemClock, systemRandom } from '../../runtime/system.ts';
import type { Storage } from '../contract.ts';

export interface StorageSettings {
  runtime: Runtime;
  membersMax?: number;
}
export type OpenStorage = (settings: StorageSettings) => Promise<Storage>;

export const testRuntime: Runtime = { clock: systemClock, random: systemRandom, log: silentLog };

export type World = ReturnType<typeof createWorld>;

export function createWorld(storage: Storage) {
  let count = 0;
  function newId(): string {
    count += 1;
    const random = new Uint8Array(10);
    new DataView(random.buffer).setUint32(6, count);
    return uuidv7(1_700_000_000_000, random);
  }

  async function user(name = 'Ada'): Promise<UserId> {
    count += 1;
    const id = `user${String(count).padStart(6, '0')}` as UserId;
    await storage.saveUser({ id, name });
    return id;
  }
  const users = (number: number) => Promise.all(Array.from({ length: number }, () => user()));

  async function group(ownerId: UserId, ...userIds: UserId[]): Promise<ConversationId> {
    const id = newId() as ConversationId;
    const made = await storage.createConversation({
      id,
      kind: 'group',
      creatorId: ownerId,
      userIds,
      name: 'a group',
    });
    expect(made.outcome).toBe('created');
    return id;
  }

  async function direct(a: UserId, b: UserId): Promise<ConversationId> {
    const id = newId() as ConversationId;
    const made = await storage.createConversation({
      id,
      kind: 'direct',
      creatorId: a,
      userIds: [b],
      name: null,
    });
    expect(made.outcome).toBe('created');
    return id;
  }

  async function give(
    conversationId: ConversationId,
    actorId: UserId,
    userId: UserId,
    role: Role,
  ): Promise<void> {
    const given = await storage.addMembers({ conversationId, actorId, userIds: [userId], role });
    expect(given.outcome).toBe('done');
  }

  function append(
    conversationId: ConversationId,
    senderId: UserId,
    content = 'hello',
    fileIds: FileId[] = [],
    id = newId() as MessageId,
  ) {
    return storage.appendMessage({ id, conversationId, senderId, content, fileIds });
  }

  async function send(...args: Parameters<typeof append>): Promise<Message> {
    const sent = await append(...args);
    if (sent.outcome !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(sent)}`);
    return sent.message;
  }

  async function file(ownerId: UserId, kind: Attachment['kind'] = 'image'): Promise<Attachment> {
    const image = kind === 'image';
    const attachment: Attachment = {
      fileId: newId() as FileId,
      kind,
      name: image ? 'a cat.png' : 'minutes.pdf',
      mediaType: image ? 'image/png' : 'application/pdf',
      bytes: 1_234,
      width: image ? 640 : null,
      height: image ? 480 : null,
      thumbhash: image ? '1QcSHQRnh493V4dIh4eXh1h4kJUI' : null,
    };
    await storage.saveFile({ ...attachment, ownerId });
    return attachment;
  }

  async function entry(userId: UserId, conversationId: ConversationId) {
    const [found] = await storage.getConversations(userId, [conversationId]);
    if (found === undefined) throw new Error('not a member');
    return found;
  }

  /** Every message, page by page. */
  async function history(userId: UserId, conversationId: ConversationId): Promise<Message[]> {
    const messages: Message[] = [];
    for (let after = 0; ; ) {
      const page = await storage.getMessages(userId, { conversationId, after, limit: 100 });
      if (page === null) throw new Error('not a member');
      messages.push(...page.messages);
      if (!page.hasAfter) return messages;
      after = messages.at(-1)?.seq ?? after;
    }
  }

  return { storage, newId, user, users, group, direct, give, append, send, file, entry, history };
}
