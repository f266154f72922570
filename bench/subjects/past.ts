/** Owns a long past, written by hand, since a million messages one by one take minutes. */
import { DatabaseSync } from 'node:sqlite';
import { conversationIdOf, messageIdOf, userIdOf } from './names.ts';

export interface Past {
  /** Messages of conversation 0, by its first member. */
  messages: number;
  /** Conversations that member is in besides. */
  conversations: number;
}

/** On a database that is seeded and idle. */
export function fillPast(path: string, { messages, conversations }: Past): void {
  const db = new DatabaseSync(path);
  const now = Date.now();
  const me = userIdOf(0, 0);
  const other = userIdOf(0, 1);
  const insert = db.prepare(
    `INSERT INTO messages (conversation, seq, id, sender_id, version, created_at, created_version,
       body_hash, sender_name, content) VALUES (?, ?, ?, ?, ?, ?, ?, x'00', ?, ?)`,
  );
  const begin = db.prepare(
    `INSERT INTO conversations (key, id, kind, version, last_seq, member_count, active_at, changed_at,
       created_at, creator_id, name) VALUES (?, ?, 'group', 4, 1, 2, ?, ?, ?, ?, ?)`,
  );
  const join = db.prepare(
    `INSERT INTO members (conversation, user_id, role, joined_at, delivered_seq, read_seq, version,
       changed_at) VALUES (?, ?, 'member', ?, 0, 0, 3, ?)`,
  );
  const first = db
    .prepare('SELECT key, version, last_seq FROM conversations WHERE id = ?')
    .get(conversationIdOf(0)) as { key: number; version: number; last_seq: number };
  const { keys } = db.prepare('SELECT max(key) AS keys FROM conversations').get() as {
    keys: number;
  };
  db.exec('BEGIN');
  for (let at = 1; at <= messages; at++) {
    const version = first.version + at;
    const content = `Message ${at} of a long past, as long as people write them when they chat.`;
    insert.run(
      first.key,
      first.last_seq + at,
      messageIdOf(at),
      me,
      version,
      now - (messages - at) * 1_000,
      version,
      me,
      content,
    );
  }
  db.prepare(
    'UPDATE conversations SET version = version + ?1, last_seq = last_seq + ?1 WHERE key = ?2',
  ).run(messages, first.key);
  for (let at = 1; at <= conversations; at++) {
    const key = keys + at;
    begin.run(
      key,
      conversationIdOf(1_000_000 + at),
      now - at,
      now - at,
      now - at,
      other,
      `Group ${at}`,
    );
    for (const userId of [me, other]) join.run(key, userId, now - at, now - at);
    insert.run(
      key,
      1,
      messageIdOf(messages + at),
      other,
      4,
      now - at,
      4,
      other,
      'See you tomorrow.',
    );
  }
  db.exec('COMMIT');
  db.close();
}
