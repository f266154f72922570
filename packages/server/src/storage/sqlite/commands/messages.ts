/** Owns writing messages: numbering, repeats, edits and deletions. */
import {
  type ConversationId,
  type Message,
  type MessageId,
  may,
  type UserId,
} from '@natter/protocol';
import type { AppendMessage, AppendMessageOutcome, ChangeMessageOutcome } from '../../contract.ts';
import { hashBody } from '../../hashes.ts';
import { type MessageRow, messageColumns, messageType, toMessage } from '../../rows.ts';
import { attachFiles, loseFiles } from './files.ts';
import {
  findStanding,
  nextVersion,
  refused,
  type Standing,
  type Transaction,
} from './transaction.ts';

export function appendMessage(tx: Transaction, command: AppendMessage): AppendMessageOutcome {
  const standing = findStanding(tx, command.conversationId, command.senderId);
  if (standing === undefined) return refused('notMember');
  if (!may(standing.kind, standing.role, 'send')) return refused('forbidden');
  const bodyHash = hashBody(command.content, command.fileIds);
  return findRepeat(tx, command, standing, bodyHash) ?? append(tx, command, standing, bodyHash);
}

/** An id that is in use elsewhere is a conflict, and where it is used is not told. */
function findRepeat(
  tx: Transaction,
  command: AppendMessage,
  standing: Standing,
  bodyHash: Buffer,
): AppendMessageOutcome | null {
  const row = tx.db.get<
    MessageRow & { conversation: number; created_version: number; body_hash: Uint8Array }
  >(
    `SELECT ${messageColumns}, conversation, created_version, body_hash FROM messages WHERE id = ?`,
    command.id,
  );
  if (row === undefined) return null;
  const same =
    row.conversation === standing.key &&
    row.sender_id === command.senderId &&
    bodyHash.equals(row.body_hash);
  if (!same) return refused('conflict');
  return {
    outcome: 'duplicate',
    seq: row.seq,
    version: row.created_version,
    createdAt: row.created_at,
    message: toMessage(standing.id, row),
  };
}

function append(
  tx: Transaction,
  command: AppendMessage,
  standing: Standing,
  bodyHash: Buffer,
): AppendMessageOutcome {
  const sender = tx.db.get<{ name: string }>(
    'SELECT name FROM users WHERE id = ?',
    command.senderId,
  );
  if (sender === undefined) return refused('unknownUser');
  const attachments = attachFiles(tx, command, standing.key);
  if (attachments === null) return refused('badFile');
  const seq = standing.last_seq + 1;
  const version = standing.version + 1;
  tx.db.run(
    `UPDATE conversations SET version = ?, last_seq = ?, active_at = ?, changed_at = max(changed_at, ?)
     WHERE key = ?`,
    version,
    seq,
    tx.now,
    tx.changedAt,
    standing.key,
  );
  tx.db.run(
    `INSERT INTO messages (conversation, seq, id, sender_id, version, created_at, created_version,
       body_hash, sender_name, attachments, content)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    standing.key,
    seq,
    command.id,
    command.senderId,
    version,
    tx.now,
    version,
    bodyHash,
    sender.name,
    attachments.length === 0 ? null : JSON.stringify(attachments),
    command.content,
  );
  // Whoever sends has read up to it.
  tx.db.run(
    `UPDATE members SET delivered_seq = ?1, read_seq = ?1, changed_at = max(changed_at, ?2)
     WHERE conversation = ?3 AND user_id = ?4`,
    seq,
    tx.changedAt,
    standing.key,
    command.senderId,
  );
  const message: Message = {
    id: command.id,
    conversationId: command.conversationId,
    seq,
    version,
    senderId: command.senderId,
    senderName: sender.name,
    type: messageType(attachments),
    content: command.content,
    attachments,
    createdAt: tx.now,
    editedAt: null,
    deletedAt: null,
  };
  return {
    outcome: 'accepted',
    message,
    events: [{ type: 'newMessage', conversationId: command.conversationId, version, message }],
  };
}

interface ChangeMessage {
  conversationId: ConversationId;
  messageId: MessageId;
  actorId: UserId;
}

export function editMessage(
  tx: Transaction,
  command: ChangeMessage & { content: string },
): ChangeMessageOutcome {
  const standing = findStanding(tx, command.conversationId, command.actorId);
  if (standing === undefined) return refused('notMember');
  const row = findMessage(tx, standing.key, command.messageId);
  if (row === undefined || row.deleted_at !== null) return refused('notFound');
  if (row.system !== null) return refused('systemLine');
  // Nobody edits what another has written, whatever the role.
  const allowed = row.sender_id === command.actorId && may(standing.kind, standing.role, 'editOwn');
  if (!allowed) return refused('forbidden');
  if (row.content === command.content) return unchanged(standing, row);
  const version = nextVersion(tx, standing);
  tx.db.run(
    `UPDATE messages SET version = ?, edited_at = ?, content = ? WHERE conversation = ? AND seq = ?`,
    version,
    tx.now,
    command.content,
    standing.key,
    row.seq,
  );
  const message = toMessage(standing.id, {
    ...row,
    version,
    edited_at: tx.now,
    content: command.content,
  });
  return {
    outcome: 'done',
    message,
    events: [{ type: 'messageUpdated', conversationId: command.conversationId, version, message }],
  };
}

export function deleteMessage(tx: Transaction, command: ChangeMessage): ChangeMessageOutcome {
  const standing = findStanding(tx, command.conversationId, command.actorId);
  if (standing === undefined) return refused('notMember');
  const row = findMessage(tx, standing.key, command.messageId);
  if (row === undefined) return refused('notFound');
  if (row.system !== null) return refused('systemLine');
  const action = row.sender_id === command.actorId ? 'deleteOwn' : 'deleteOthers';
  if (!may(standing.kind, standing.role, action)) return refused('forbidden');
  if (row.deleted_at !== null) return unchanged(standing, row);
  const version = nextVersion(tx, standing);
  tx.db.run(
    `UPDATE messages SET version = ?, deleted_at = ?, content = '', attachments = NULL
     WHERE conversation = ? AND seq = ?`,
    version,
    tx.now,
    standing.key,
    row.seq,
  );
  loseFiles(tx, command.messageId);
  const message = toMessage(standing.id, {
    ...row,
    version,
    deleted_at: tx.now,
    content: '',
    attachments: null,
  });
  return {
    outcome: 'done',
    message,
    events: [{ type: 'messageDeleted', conversationId: command.conversationId, version, message }],
  };
}

function findMessage(
  tx: Transaction,
  conversation: number,
  messageId: MessageId,
): MessageRow | undefined {
  return tx.db.get<MessageRow>(
    `SELECT ${messageColumns} FROM messages WHERE id = ? AND conversation = ?`,
    messageId,
    conversation,
  );
}

function unchanged(standing: Standing, row: MessageRow): ChangeMessageOutcome {
  return { outcome: 'done', message: toMessage(standing.id, row), events: [] };
}
