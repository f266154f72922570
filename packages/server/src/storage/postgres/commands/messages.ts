/** Owns writing messages: numbering, repeats, edits and deletions. Those that wait are numbered and saved together. */
import {
  type ConversationId,
  type Message,
  type MessageId,
  may,
  type UserId,
} from '@natter/protocol';
import type { AppendMessage, AppendMessageOutcome, ChangeMessageOutcome } from '../../contract.ts';
import { hashBody } from '../../hashes.ts';
import {
  type FileRow,
  type MessageRow,
  messageColumns,
  messageType,
  toAttachment,
  toMessage,
} from '../../rows.ts';
import type { Session } from '../connection.ts';
import { createDraft, type Draft, nextSeq, nextVersion, saveDrafts } from './draft.ts';
import { findUnused, loseFiles, type SentFile, saveSent, takeFiles } from './files.ts';
import {
  findStanding,
  findStandings,
  lockConversations,
  readStamp,
  refused,
  type Stamp,
  type Standing,
  type World,
} from './transaction.ts';

type FoundRow = MessageRow & {
  conversation_id: string;
  created_version: number;
  body_hash: Uint8Array;
};

/** What was read under the locks, and what is drafted while one after the other is decided. */
interface Page {
  stamp: Stamp;
  /** By conversation and sender. */
  standings: Map<string, Standing>;
  /** By message id. */
  found: Map<string, FoundRow>;
  unusedFiles: Map<string, FileRow>;
  drafts: Map<string, Draft>;
  sent: SentFile[];
  isRepeat: boolean;
}

/**
 * One transaction, outcomes in the order of the commands. `isRepeat`: an earlier attempt may have been saved without
 * an answer; then a message that stands as it was sent is answered as accepted, so that its event is told.
 */
export async function appendMessages(
  { session }: World,
  commands: readonly AppendMessage[],
  isRepeat: boolean,
): Promise<AppendMessageOutcome[]> {
  lockConversations(
    session,
    commands.map(({ conversationId }) => conversationId),
  );
  const wanted = new Map(
    commands.map(({ conversationId, senderId }) => [
      keyOf(conversationId, senderId),
      { conversationId, userId: senderId },
    ]),
  );
  const [files, stamp, standings, found] = await Promise.all([
    findUnused(
      session,
      commands.flatMap(({ fileIds }) => fileIds),
    ),
    readStamp(session),
    findStandings(session, [...wanted.values()]),
    findMessages(session, commands),
  ]);
  const page: Page = {
    stamp,
    standings: new Map(
      standings.map((each) => [keyOf(each.conversation.id, each.actor.user_id), each]),
    ),
    found: new Map(found.map((row) => [row.id, row])),
    unusedFiles: files,
    drafts: new Map(),
    sent: [],
    isRepeat,
  };
  const outcomes = commands.map((command) => append(page, command));
  if (page.drafts.size > 0) {
    saveDrafts(session, [...page.drafts.values()]);
    saveSent(session, page.sent);
  }
  return outcomes;
}

// User ids have no spaces.
const keyOf = (conversationId: string, userId: string) => `${conversationId} ${userId}`;

function findMessages(session: Session, commands: readonly AppendMessage[]): Promise<FoundRow[]> {
  return session.all<FoundRow>(
    `SELECT ${messageColumns}, conversation_id, created_version, body_hash
     FROM natter.messages WHERE id = ANY ($1::uuid[])`,
    commands.map(({ id }) => id),
  );
}

function append(page: Page, command: AppendMessage): AppendMessageOutcome {
  const standing = page.standings.get(keyOf(command.conversationId, command.senderId));
  if (standing === undefined) return refused('notMember');
  const { kind } = standing.conversation;
  if (!may(kind, standing.actor.role, 'send')) return refused('forbidden');
  const bodyHash = hashBody(command.content, command.fileIds);
  const found = page.found.get(command.id);
  if (found !== undefined) return answerRepeat(page, command, found, bodyHash);
  const files = takeFiles(page.unusedFiles, command.senderId, command.fileIds);
  if (files === null) return refused('badFile');
  return accept(page, command, standing, bodyHash, files);
}

/** An id that is in use elsewhere is a conflict, and where it is used is not told. */
function answerRepeat(
  page: Page,
  command: AppendMessage,
  row: FoundRow,
  bodyHash: Buffer,
): AppendMessageOutcome {
  const same =
    row.conversation_id === command.conversationId &&
    row.sender_id === command.senderId &&
    bodyHash.equals(row.body_hash);
  if (!same) return refused('conflict');
  const message = toMessage(command.conversationId, row);
  const version = row.created_version;
  if (page.isRepeat && row.version === version) return accepted(message);
  return { outcome: 'duplicate', seq: row.seq, version, createdAt: row.created_at, message };
}

function accept(
  page: Page,
  command: AppendMessage,
  { conversation, actor }: Standing,
  bodyHash: Buffer,
  files: readonly FileRow[],
): AppendMessageOutcome {
  const { id, conversationId, senderId, content } = command;
  const draft = page.drafts.get(conversationId) ?? createDraft(conversation, page.stamp);
  page.drafts.set(conversationId, draft);
  const { seq, version } = nextSeq(draft);
  const attachments = files.map(toAttachment);
  const message: Message = {
    id,
    conversationId,
    seq,
    version,
    senderId,
    senderName: actor.name,
    type: messageType(attachments),
    content,
    attachments,
    createdAt: page.stamp.now,
    editedAt: null,
    deletedAt: null,
  };
  draft.messages.push({ message, bodyHash });
  // Whoever sends has read up to it.
  const changedAt = Math.max(actor.changed_at, page.stamp.changedAt);
  draft.members.set(senderId, {
    ...actor,
    delivered_seq: seq,
    read_seq: seq,
    changed_at: changedAt,
  });
  page.sent.push(...files.map((file) => ({ fileId: file.id, conversationId, messageId: id })));
  page.found.set(id, rowOf(message, bodyHash));
  return accepted(message);
}

/** As it will be found: another of the same batch may repeat it. */
function rowOf(message: Message, bodyHash: Buffer): FoundRow {
  return {
    seq: message.seq,
    id: message.id,
    sender_id: message.senderId,
    version: message.version,
    created_at: message.createdAt,
    edited_at: null,
    deleted_at: null,
    sender_name: message.senderName,
    attachments: message.attachments.length === 0 ? null : JSON.stringify(message.attachments),
    system: null,
    content: message.content,
    conversation_id: message.conversationId,
    created_version: message.version,
    body_hash: bodyHash,
  };
}

function accepted(message: Message): AppendMessageOutcome {
  const { conversationId, version } = message;
  return {
    outcome: 'accepted',
    message,
    events: [{ type: 'newMessage', conversationId, version, message }],
  };
}

interface ChangeMessage {
  conversationId: ConversationId;
  messageId: MessageId;
  actorId: UserId;
}

export async function editMessage(
  { session }: World,
  command: ChangeMessage & { content: string },
): Promise<ChangeMessageOutcome> {
  const { stamp, standing, row } = await findForChange(session, command);
  if (standing === undefined) return refused('notMember');
  if (row === undefined || row.deleted_at !== null) return refused('notFound');
  if (row.system !== null) return refused('systemLine');
  const { conversation, actor } = standing;
  // Nobody edits what another has written, whatever the role.
  const allowed =
    row.sender_id === command.actorId && may(conversation.kind, actor.role, 'editOwn');
  if (!allowed) return refused('forbidden');
  if (row.content === command.content) return unchanged(command, row);
  const draft = createDraft(conversation, stamp);
  const version = nextVersion(draft);
  saveDrafts(session, [draft]);
  void session.run(
    `UPDATE natter.messages SET version = $1, edited_at = $2, content = $3
     WHERE conversation_id = $4 AND seq = $5`,
    version,
    stamp.now,
    command.content,
    command.conversationId,
    row.seq,
  );
  const after = { ...row, version, edited_at: stamp.now, content: command.content };
  return changed('messageUpdated', toMessage(command.conversationId, after));
}

export async function deleteMessage(
  { session }: World,
  command: ChangeMessage,
): Promise<ChangeMessageOutcome> {
  const { stamp, standing, row } = await findForChange(session, command);
  if (standing === undefined) return refused('notMember');
  if (row === undefined) return refused('notFound');
  if (row.system !== null) return refused('systemLine');
  const { conversation, actor } = standing;
  const action = row.sender_id === command.actorId ? 'deleteOwn' : 'deleteOthers';
  if (!may(conversation.kind, actor.role, action)) return refused('forbidden');
  if (row.deleted_at !== null) return unchanged(command, row);
  const draft = createDraft(conversation, stamp);
  const version = nextVersion(draft);
  saveDrafts(session, [draft]);
  void session.run(
    `UPDATE natter.messages SET version = $1, deleted_at = $2, content = '', attachments = NULL
     WHERE conversation_id = $3 AND seq = $4`,
    version,
    stamp.now,
    command.conversationId,
    row.seq,
  );
  loseFiles(session, command.messageId, stamp.now);
  const after = { ...row, version, deleted_at: stamp.now, content: '', attachments: null };
  return changed('messageDeleted', toMessage(command.conversationId, after));
}

async function findForChange(session: Session, command: ChangeMessage) {
  const [standing, row] = await Promise.all([
    findStanding(session, command.conversationId, command.actorId),
    session.get<MessageRow>(
      `SELECT ${messageColumns} FROM natter.messages WHERE id = $1 AND conversation_id = $2`,
      command.messageId,
      command.conversationId,
    ),
  ]);
  return { ...standing, row };
}

function unchanged({ conversationId }: ChangeMessage, row: MessageRow): ChangeMessageOutcome {
  return { outcome: 'done', message: toMessage(conversationId, row), events: [] };
}

function changed(
  type: 'messageUpdated' | 'messageDeleted',
  message: Message,
): ChangeMessageOutcome {
  const { conversationId, version } = message;
  return { outcome: 'done', message, events: [{ type, conversationId, version, message }] };
}
