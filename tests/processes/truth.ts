/** Owns what the database says, asked in two ways that share nothing: of the program over HTTP, and of its database. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type ConversationId, countUnread, type MessageId } from '@natter/protocol';
import type { Person } from '../conformance/people.ts';
import type { FinalRow } from './history.ts';

export interface StoredConversation {
  version: number;
  lastSeq: number;
  rows: FinalRow[];
  /** By user id. */
  members: Record<string, { readSeq: number; deliveredSeq: number }>;
  unread: Record<string, number>;
}

export type Truth = ReadonlyMap<string, StoredConversation>;

export async function askProgram(
  people: readonly Person[],
  ids: readonly ConversationId[],
): Promise<Truth> {
  const found = new Map<string, StoredConversation>();
  for (const id of ids) {
    const rows = await askRows(people[0] as Person, id);
    found.set(id, { ...(await askHead(people, id)), rows });
  }
  return found;
}

/** All but the messages, whose number grows. */
export async function askHeads(
  people: readonly Person[],
  ids: readonly ConversationId[],
): Promise<Truth> {
  const found = new Map<string, StoredConversation>();
  for (const id of ids) found.set(id, await askHead(people, id));
  return found;
}

async function askRows(person: Person, conversationId: ConversationId): Promise<FinalRow[]> {
  const rows: FinalRow[] = [];
  for (let after = 0; ; ) {
    const page = await person.call('getMessages', { conversationId, after, limit: 100 });
    rows.push(...page.messages.map(asRow));
    after = page.messages.at(-1)?.seq ?? after;
    if (!page.hasAfter) return rows;
  }
}

async function askHead(
  people: readonly Person[],
  conversationId: ConversationId,
): Promise<StoredConversation> {
  const [first] = people as [Person];
  const { entry, members } = await first.call('getConversation', {
    conversationId,
    membersLimit: 100,
  });
  const unread: Record<string, number> = {};
  for (const person of people) {
    const { entries } = await person.call('getConversations', { ids: [conversationId] });
    unread[person.id] = entries[0]?.unreadCount ?? -1;
  }
  const cursors = members.map(
    ({ userId, readSeq, deliveredSeq }) => [userId, { readSeq, deliveredSeq }] as const,
  );
  const { version, lastSeq } = entry.conversation;
  return {
    version,
    lastSeq,
    rows: [],
    members: sorted(cursors),
    unread: sorted(Object.entries(unread)),
  };
}

function asRow({ id, seq, senderId, type, content, editedAt, deletedAt }: FinalRow): FinalRow {
  return { id, seq, senderId, type, content, editedAt, deletedAt };
}

function sorted<Value>(pairs: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(pairs.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** Straight from the file, read only; unread counted anew from the rows. */
export function readFile(folder: string): Truth {
  const database = new DatabaseSync(join(folder, 'natter.db'), { readOnly: true, timeout: 5_000 });
  try {
    database.exec('BEGIN');
    const found = new Map<string, StoredConversation>();
    const all = <Row>(sql: string, ...values: (string | number)[]) =>
      database.prepare(sql).all(...values) as Row[];
    for (const { key, id, version, last_seq } of all<{
      key: number;
      id: string;
      version: number;
      last_seq: number;
    }>('SELECT key, id, version, last_seq FROM conversations')) {
      const rows = all<FinalRow & { id: MessageId }>(
        `SELECT id, seq, sender_id AS senderId,
           iif(system IS NULL, 'text', 'system') AS type, content, edited_at AS editedAt, deleted_at AS deletedAt
         FROM messages WHERE conversation = ? ORDER BY seq`,
        key,
      ).map(asRow);
      const members = all<{ userId: string; readSeq: number; deliveredSeq: number }>(
        `SELECT user_id AS userId, read_seq AS readSeq, delivered_seq AS deliveredSeq
         FROM members WHERE conversation = ? AND left_at IS NULL`,
        key,
      );
      found.set(id, asStored({ version, lastSeq: last_seq, rows, members }));
    }
    return found;
  } finally {
    database.close();
  }
}

interface ReadConversation {
  version: number;
  lastSeq: number;
  rows: FinalRow[];
  members: { userId: string; readSeq: number; deliveredSeq: number }[];
}

function asStored({ version, lastSeq, rows, members }: ReadConversation): StoredConversation {
  return {
    version,
    lastSeq,
    rows,
    members: sorted(
      members.map(({ userId, readSeq, deliveredSeq }) => [userId, { readSeq, deliveredSeq }]),
    ),
    unread: sorted(
      members.map(({ userId, readSeq }) => [userId, countUnread(rows, userId, readSeq)]),
    ),
  };
}

/** Straight from the tables by PostgreSQL's own `psql`; `query` answers what it prints. */
export function readTables(query: (sql: string) => string): Truth {
  const printed = query(`
    BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
    SELECT json_build_object('id', c.id, 'version', version, 'lastSeq', last_seq,
      'rows', (SELECT coalesce(json_agg(json_build_object('id', id, 'seq', seq, 'senderId', sender_id,
          'type', CASE WHEN system IS NULL THEN 'text' ELSE 'system' END,
          'content', content, 'editedAt', edited_at, 'deletedAt', deleted_at) ORDER BY seq), '[]')
        FROM natter.messages WHERE conversation_id = c.id),
      'members', (SELECT coalesce(json_agg(json_build_object('userId', user_id, 'readSeq', read_seq,
          'deliveredSeq', delivered_seq)), '[]')
        FROM natter.members WHERE conversation_id = c.id AND left_at IS NULL))
    FROM natter.conversations c;
    COMMIT`);
  const lines = printed.split('\n').filter((line) => line !== '');
  const read = lines.map((line) => JSON.parse(line) as ReadConversation & { id: string });
  return new Map(
    read.map((one) => [one.id, asStored({ ...one, rows: one.rows.map((row) => asRow(row)) })]),
  );
}

/** What SQLite itself finds wrong with the file; empty when nothing. */
export function checkFile(folder: string): string[] {
  const database = new DatabaseSync(join(folder, 'natter.db'), { readOnly: true, timeout: 5_000 });
  try {
    const found = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    return found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  } finally {
    database.close();
  }
}
