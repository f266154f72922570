/** Owns the people of a test: their tokens, their ids, their calls over HTTP, and their sockets. */
import { randomBytes } from 'node:crypto';
import type {
  ConversationId,
  ErrorBody,
  HelloParams,
  HelloResult,
  MessageId,
  Method,
  Params,
  Result,
  Role,
  UserId,
} from '@natter/protocol';
import { uuidv7 } from '@natter/protocol';
import { SignJWT } from 'jose';
import { secret } from './topology.ts';
import { connect, Refused, type Wire } from './wire.ts';

/** A UUIDv7 of whatever kind is asked for. */
export const newId = <Id extends string = never>() => uuidv7(Date.now(), randomBytes(10)) as Id;

export async function signToken(
  claims: { sub: string; name?: string },
  options: { secret?: string; expiresAt?: number; algorithm?: string } = {},
): Promise<string> {
  return new SignJWT({ name: claims.name ?? claims.sub })
    .setProtectedHeader({ alg: options.algorithm ?? 'HS256' })
    .setSubject(claims.sub)
    .setIssuedAt()
    .setExpirationTime(options.expiresAt ?? Math.floor(Date.now() / 1_000) + 3_600)
    .sign(new TextEncoder().encode(options.secret ?? secret));
}

export interface HttpAnswer {
  status: number;
  body: unknown;
}

/** A method over HTTP, whatever comes of it. */
export async function post(
  url: string,
  method: string,
  params: unknown,
  token?: string,
): Promise<HttpAnswer> {
  const answer = await fetch(`${url}/v1/${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(params),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}

export interface Person {
  readonly id: UserId;
  readonly name: string;
  readonly token: string;
  /** Over HTTP; rejects when refused. */
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<M>>;
  /** Over HTTP; rejects when accepted. */
  refused(method: Method, params: unknown): Promise<ErrorBody & { status: number }>;
  /** A socket of theirs that has said hello. Closed by `leave()`. */
  connect(hello?: Omit<HelloParams, 'token'>): Promise<Wire & { hello: HelloResult }>;
  /** Sends a message over HTTP. */
  say(conversationId: ConversationId, content: string): Promise<Result<'sendMessage'>>;
}

let count = 0;
const open: Wire[] = [];

/** Somebody new, known to the server from now on. `url` gives a node, in turn. */
export async function newPerson(url: () => string, name = 'Person'): Promise<Person> {
  const id = `${name.toLowerCase().replaceAll(' ', '-')}-${++count}-${process.pid}` as UserId;
  const token = await signToken({ sub: id, name });
  const person: Person = {
    id,
    name,
    token,
    async call(method, params) {
      const { status, body } = await post(url(), method, params, token);
      if (status !== 200) throw new Refused(`POST ${method}`, (body as { error: ErrorBody }).error);
      return body as Result<typeof method>;
    },
    async refused(method, params) {
      const { status, body } = await post(url(), method, params, token);
      if (status === 200) throw new Error(`POST ${method} was accepted: ${JSON.stringify(body)}`);
      return { ...(body as { error: ErrorBody }).error, status };
    },
    async connect(hello = {}) {
      const connected = await connect(url(), { ...hello, token });
      open.push(connected.wire);
      return Object.assign(connected.wire, { hello: connected.hello });
    },
    say: (conversationId, content) =>
      person.call('sendMessage', { id: newId<MessageId>(), conversationId, content }),
  };
  await person.call('getUsers', { ids: [] });
  return person;
}

/** Closes the sockets that a test has left open. */
export function leave(): void {
  for (const wire of open.splice(0)) wire.cut();
}

/** A group of these people; the first is its owner. */
export async function newGroup(
  owner: Person,
  others: readonly Person[],
  name = 'A group',
): Promise<ConversationId> {
  const id = newId<ConversationId>();
  const userIds = others.map((person) => person.id);
  await owner.call('createConversation', { id, kind: 'group', name, userIds });
  return id;
}

export async function newDirect(a: Person, b: Person): Promise<ConversationId> {
  const { entry } = await a.call('createConversation', {
    id: newId<ConversationId>(),
    kind: 'direct',
    userId: b.id,
  });
  return entry.conversation.id;
}

export async function setRole(
  owner: Person,
  conversationId: ConversationId,
  person: Person,
  role: Role,
): Promise<void> {
  await owner.call('addMembers', { conversationId, userIds: [person.id], role });
}
