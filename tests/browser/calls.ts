/** Owns what a test does without a browser: it prepares by HTTP, and asks the server what is true. */
import { randomBytes } from 'node:crypto';
import {
  type ConversationId,
  type FileId,
  type Message,
  type MessageId,
  type Method,
  type Params,
  type Result,
  type UserId,
  uuidv7,
} from '@natter/protocol';
import type { App, PersonId } from './app.ts';

/** Rejects when refused. */
export async function call<M extends Method>(
  app: App,
  by: PersonId,
  method: M,
  params: Params<M>,
): Promise<Result<M>> {
  return (await post(`${app.url}/v1/${method}`, params, await tokenOf(app, by))) as Result<M>;
}

/** Asked for once: it outlives the tests of a file, and nobody may sign in too often. */
export async function tokenOf(app: App, userId: PersonId): Promise<string> {
  const key = `${app.url} ${userId}`;
  const known = tokens.get(key);
  if (known !== undefined) return known;
  const { token } = (await post(`${app.url}/demo/sign-in`, { userId })) as { token: string };
  tokens.set(key, token);
  return token;
}

const tokens = new Map<string, string>();

/** A group of its own for each test, so that no test sees what another wrote. */
export async function createGroup(
  app: App,
  name: string,
  [creator, ...others]: readonly [PersonId, ...PersonId[]],
): Promise<ConversationId> {
  const id = newId<ConversationId>();
  await call(app, creator, 'createConversation', {
    id,
    kind: 'group',
    name,
    userIds: others as readonly string[] as UserId[],
  });
  return id;
}

export async function createDirect(app: App, by: PersonId, to: PersonId): Promise<ConversationId> {
  const { entry } = await call(app, by, 'createConversation', {
    id: newId<ConversationId>(),
    kind: 'direct',
    userId: to as string as UserId,
  });
  return entry.conversation.id;
}

export async function sendText(
  app: App,
  by: PersonId,
  conversationId: ConversationId,
  content: string,
  fileIds: readonly FileId[] = [],
): Promise<MessageId> {
  const id = newId<MessageId>();
  const files = fileIds.length > 0 ? { fileIds: [...fileIds] } : {};
  await call(app, by, 'sendMessage', { id, conversationId, content, ...files });
  return id;
}

/** Many, quickly: as many by each, all of them at once. */
export async function sendMany(
  app: App,
  people: readonly PersonId[],
  conversationId: ConversationId,
  count: number,
): Promise<void> {
  await Promise.all(
    people.map(async (by, at) => {
      const token = await tokenOf(app, by);
      for (let n = at; n < count; n += people.length) {
        const params = { id: newId<MessageId>(), conversationId, content: `Missed ${n + 1}` };
        await post(`${app.url}/v1/sendMessage`, params, token);
      }
    }),
  );
}

/** The whole of a conversation as the server has it, oldest first. */
export async function readHistory(
  app: App,
  by: PersonId,
  conversationId: ConversationId,
): Promise<Message[]> {
  const history: Message[] = [];
  for (;;) {
    const after = history.at(-1)?.seq ?? 0;
    const page = await call(app, by, 'getMessages', { conversationId, after, limit: 100 });
    history.push(...page.messages);
    if (!page.hasAfter) return history;
  }
}

export async function findConversation(
  app: App,
  by: PersonId,
  name: string,
): Promise<ConversationId> {
  const { entries } = await call(app, by, 'getConversations', { limit: 100 });
  const entry = entries.find((each) => each.conversation.name === name);
  if (entry === undefined) throw new Error(`${by} is in no conversation named ${name}`);
  return entry.conversation.id;
}

function newId<Id extends string>(): Id {
  return uuidv7(Date.now(), randomBytes(10)) as string as Id;
}

async function post(url: string, body: unknown, token?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`unable to post to ${url}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
