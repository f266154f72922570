/** Owns writing messages: numbering, repeats, edits and deletions. Those that wait together are numbered and saved together. */
import {
  type Attachment,
  type ConversationId,
  type ConversationKind,
  type Message,
  type MessageId,
  may,
  type Role,
  type UserId,
} from '@natter/protocol';
import type { AppendMessage, AppendMessageOutcome, ChangeMessageOutcome } from '../../contract.ts';
import { hashBody } from '../../hashes.ts';
import { type MessageRow, messageColumns, messageType, toMessage } from '../../rows.ts';
import { attachFiles, findUnused, loseFiles } from './files.ts';
import {
  findStanding,
  nextVersion,
  refused,
  type Standing,
  type Transaction,
} from './transaction.ts';

/** What the writer knows of a message that the sender does not: little is told between threads. */
export type Appended =
  | {
      outcome: 'accepted';
      seq: number;
      version: number;
      createdAt: number;
      senderName: string;
      attachments: Attachment[];
    }
  | Exclude<AppendMessageOutcome, { outcome: 'accepted' }>;

export function toOutcome(command: AppendMessage, appended: Appended): AppendMessageOutcome {
  if (appended.outcome !== 'accepted') return appended;
  const { seq, version, createdAt, senderName, attachments } = appended;
  const { id, conversationId, senderId, content } = command;
  const message: Message = {
    id,
    conversationId,
    seq,
    version,
    senderId,
    senderName,
    type: messageType(attachments),
    content,
    attachments,
    createdAt,
    editedAt: null,
    deletedAt: null,
  };
  return {
    outcome: 'accepted',
    message,
    events: [{ type: 'newMessage', conversationId, version, message }],
  };
}

/** Numbers as they will be: conversations and cursors are written once, after all messages. */
interface Drafts {
  conversations: Map<string, { key: number; version: number; lastSeq: number; isChanged: boolean }>;
  /** By conversation and sender. */
  senders: Map<string, Sender>;
}

interface Sender {
  userId: UserId;
  key: number;
  kind: ConversationKind;
  role: Role;
  name: string | null;
  /** Of their newest message; null: none was accepted. */
  sentSeq: number | null;
}

export function appendMessage(tx: Transaction, command: AppendMessage): Appended {
  const [appended] = appendMessages(tx, [command]);
  if (appended === undefined) throw new Error('unable to answer a message');
  return appended;
}

/** Outcomes in the order of the commands. Whatever is refused has written nothing. */
export function appendMessages(tx: Transaction, commands: readonly AppendMessage[]): Appended[] {
  const drafts: Drafts = { conversations: new Map(), senders: new Map() };
  const appended = commands.map((command) => append(tx, drafts, command));
  for (const conversation of drafts.conversations.values()) {
    if (!conversation.isChanged) continue;
    tx.db.run(
      `UPDATE conversations SET version = ?, last_seq = ?, active_at = ?, changed_at = max(changed_at, ?)
       WHERE key = ?`,
      conversation.version,
      conversation.lastSeq,
      tx.now,
      tx.changedAt,
      conversation.key,
    );
  }
  // Whoever sends has read up to it. That their head changed is said by the conversation's own stamp.
  for (const { userId, key, sentSeq } of drafts.senders.values()) {
    if (sentSeq === null) continue;
    tx.db.run(
      'UPDATE members SET delivered_seq = ?1, read_seq = ?1 WHERE conversation = ?2 AND user_id = ?3',
      sentSeq,
      key,
      userId,
    );
  }
  return appended;
}

function append(tx: Transaction, drafts: Drafts, command: AppendMessage): Appended {
  const { conversationId, senderId, content, fileIds } = command;
  const sender = findSender(tx, drafts, conversationId, senderId);
  const conversation = drafts.conversations.get(conversationId);
  if (sender === null || conversation === undefined) return refused('notMember');
  if (!may(sender.kind, sender.role, 'send')) return refused('forbidden');
  if (sender.name === null) return refused('unknownUser');
  const bodyHash = hashBody(content, fileIds);
  const repeat = () => findRepeat(tx, command, sender.key, bodyHash);
  // A repeat without files is found by writing it: there is nothing else to undo.
  const found = fileIds.length === 0 ? null : repeat();
  if (found !== null) return found;
  const attachments = findUnused(tx, senderId, fileIds);
  if (attachments === null) return refused('badFile');
  const seq = conversation.lastSeq + 1;
  const version = conversation.version + 1;
  const inserted = tx.db.run(
    insertMessage,
    sender.key,
    seq,
    command.id,
    senderId,
    version,
    tx.now,
    version,
    bodyHash,
    sender.name,
    attachments.length === 0 ? null : JSON.stringify(attachments),
    content,
  );
  if (inserted === 0) return repeat() ?? refused('conflict');
  attachFiles(tx, command, sender.key);
  conversation.lastSeq = seq;
  conversation.version = version;
  conversation.isChanged = true;
  sender.sentSeq = seq;
  return {
    outcome: 'accepted',
    seq,
    version,
    createdAt: tx.now,
    senderName: sender.name,
    attachments,
  };
}

const insertMessage = `
  INSERT INTO messages (conversation, seq, id, sender_id, version, created_at, created_version,
    body_hash, sender_name, attachments, content)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;

/** Null for somebody who is no member, whether or not the conversation exists. */
function findSender(
  tx: Transaction,
  drafts: Drafts,
  conversationId: ConversationId,
  userId: UserId,
): Sender | null {
  // User ids have no spaces.
  const at = `${conversationId} ${userId}`;
  const known = drafts.senders.get(at);
  if (known !== undefined) return known;
  const row = tx.db.get<{
    key: number;
    kind: ConversationKind;
    version: number;
    last_seq: number;
    role: Role;
    name: string | null;
  }>(
    `SELECT c.key, c.kind, c.version, c.last_seq, m.role, u.name
     FROM conversations c JOIN members m ON m.conversation = c.key LEFT JOIN users u ON u.id = m.user_id
     WHERE c.id = ? AND m.user_id = ? AND m.left_at IS NULL`,
    conversationId,
    userId,
  );
  if (row === undefined) return null;
  const { key, kind, version, last_seq: lastSeq, role, name } = row;
  if (!drafts.conversations.has(conversationId))
    drafts.conversations.set(conversationId, { key, version, lastSeq, isChanged: false });
  const sender: Sender = { userId, key, kind, role, name, sentSeq: null };
  drafts.senders.set(at, sender);
  return sender;
}

/** An id that is in use elsewhere is a conflict, and where it is used is not told. */
function findRepeat(
  tx: Transaction,
  command: AppendMessage,
  conversation: number,
  bodyHash: Uint8Array,
): Appended | null {
  const row = tx.db.get<
    MessageRow & { conversation: number; created_version: number; body_hash: Uint8Array }
  >(
    `SELECT ${messageColumns}, conversation, created_version, body_hash FROM messages WHERE id = ?`,
    command.id,
  );
  if (row === undefined) return null;
  const same =
    row.conversation === conversation &&
    row.sender_id === command.senderId &&
    Buffer.compare(bodyHash, row.body_hash) === 0;
  if (!same) return refused('conflict');
  return {
    outcome: 'duplicate',
    seq: row.seq,
    version: row.created_version,
    createdAt: row.created_at,
    message: toMessage(command.conversationId, row),
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
