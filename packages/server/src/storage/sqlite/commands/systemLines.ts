/**
 * Owns writing system lines: a change of a group as a message that nobody sent. It takes the next numbers as any other,
 * and moves no cursor: who changed something has not read what others wrote.
 */
import {
  type ConversationId,
  type DurableEvent,
  type Member,
  type Message,
  type Role,
  type SystemLine,
  systemNamesMax,
  type UserId,
} from '@natter/protocol';
import { lineId } from '../../hashes.ts';
import type { KeyedRow } from '../keyed.ts';
import type { Transaction } from './transaction.ts';

type PeopleLine = { kind: 'added' } | { kind: 'removed' } | { kind: 'roleChanged'; role: Role };

/** After the rows of the change, so that it is the last of what the change causes. */
export function writePeopleLine(
  tx: Transaction,
  conversation: KeyedRow,
  actorId: UserId,
  line: PeopleLine,
  people: readonly Member[],
): DurableEvent {
  const users = people.slice(0, systemNamesMax).map(({ userId, name }) => ({ userId, name }));
  return writeLine(tx, conversation, actorId, { ...line, users, count: people.length });
}

export function writeLine(
  tx: Transaction,
  conversation: KeyedRow,
  actorId: UserId,
  system: SystemLine,
): DurableEvent {
  conversation.last_seq += 1;
  conversation.version += 1;
  conversation.active_at = tx.now;
  const { key, last_seq: seq, version } = conversation;
  tx.db.run(
    `UPDATE conversations SET version = ?, last_seq = ?, active_at = ?, changed_at = max(changed_at, ?)
     WHERE key = ?`,
    version,
    seq,
    tx.now,
    tx.changedAt,
    key,
  );
  const conversationId = conversation.id as ConversationId;
  const id = lineId(conversationId, seq, tx.now);
  const senderName = readName(tx, actorId);
  // No body is hashed to nothing: whoever sends under this id is in conflict.
  tx.db.run(
    `INSERT INTO messages (conversation, seq, id, sender_id, version, created_at, created_version,
       body_hash, sender_name, system, content)
     VALUES (?, ?, ?, ?, ?, ?, ?, x'', ?, ?, '')`,
    key,
    seq,
    id,
    actorId,
    version,
    tx.now,
    version,
    senderName,
    JSON.stringify(system),
  );
  const message: Message = {
    id,
    conversationId,
    seq,
    version,
    senderId: actorId,
    senderName,
    type: 'system',
    system,
    content: '',
    attachments: [],
    createdAt: tx.now,
    editedAt: null,
    deletedAt: null,
  };
  return { type: 'newMessage', conversationId, version, message };
}

function readName(tx: Transaction, userId: UserId): string {
  const row = tx.db.get<{ name: string }>('SELECT name FROM users WHERE id = ?', userId);
  if (row === undefined) throw new Error('unable to write a system line: nobody is known to do it');
  return row.name;
}
