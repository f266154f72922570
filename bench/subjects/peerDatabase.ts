/**
 * Owns the write that a peer makes before it tells a message: Natter's tables and rows, durable like Natter's, one
 * transaction a message, as an application on Socket.IO does it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite, silentLog, systemClock, systemRandom } from '@natter/server';
import { conversationIdOf, userIdOf } from './names.ts';
import { type Crowd, seedCrowd } from './seed.ts';

export interface PeerDatabase {
  /** Of the first member of the only conversation. */
  save(message: { id: string; content: string }): { seq: number };
  close(): Promise<void>;
}

export async function openPeerDatabase(crowd: Crowd): Promise<PeerDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'natter-bench-peer-'));
  const path = join(folder, 'peer.db');
  const runtime = { clock: systemClock, random: systemRandom, log: silentLog };
  const storage = await openSqlite({ path, runtime });
  await seedCrowd(storage, crowd);
  await storage.close();
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536');
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const find = db.prepare('SELECT key, last_seq, version FROM conversations WHERE id = ?');
  const advance = db.prepare(
    'UPDATE conversations SET version = ?, last_seq = ?, active_at = ?, changed_at = ? WHERE key = ?',
  );
  const insert = db.prepare(
    `INSERT INTO messages (conversation, seq, id, sender_id, version, created_at, created_version,
       body_hash, sender_name, content) VALUES (?, ?, ?, ?, ?, ?, ?, x'00', ?, ?)`,
  );
  const read = db.prepare(
    'UPDATE members SET delivered_seq = ?1, read_seq = ?1 WHERE conversation = ?2 AND user_id = ?3',
  );
  const conversationId = conversationIdOf(0);
  const senderId = userIdOf(0, 0);
  return {
    save({ id, content }) {
      const now = Date.now();
      begin.run();
      const row = find.get(conversationId) as { key: number; last_seq: number; version: number };
      const seq = row.last_seq + 1;
      const version = row.version + 1;
      advance.run(version, seq, now, now, row.key);
      insert.run(row.key, seq, id, senderId, version, now, version, senderId, content);
      read.run(seq, row.key, senderId);
      commit.run();
      return { seq };
    },
    async close() {
      db.close();
      await rm(folder, { recursive: true });
    },
  };
}
