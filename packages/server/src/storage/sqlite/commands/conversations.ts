/** Owns beginning conversations, and changing their details. */
import {
  type ConversationId,
  type DurableEvent,
  type FileId,
  may,
  type Role,
  type SystemLine,
  type UserId,
} from '@natter/protocol';
import type {
  ConversationOutcome,
  CreateConversation,
  CreateConversationOutcome,
} from '../../contract.ts';
import { toConversation } from '../../rows.ts';
import { type KeyedRow, keyedColumns } from '../keyed.ts';
import { changePicture } from './files.ts';
import { joinMember } from './members.ts';
import { writeLine } from './systemLines.ts';
import { findStanding, nextVersion, refused, type Transaction } from './transaction.ts';

export function createConversation(
  tx: Transaction,
  command: CreateConversation,
): CreateConversationOutcome {
  const userIds = [...new Set([command.creatorId, ...command.userIds])];
  if (command.kind === 'direct' && userIds.length !== 2) return refused('forbidden');
  if (!userIds.every((userId) => tx.db.get('SELECT 1 FROM users WHERE id = ?', userId))) {
    return refused('unknownUser');
  }
  // User ids have no spaces.
  const pair = command.kind === 'direct' ? userIds.toSorted().join(' ') : null;
  const existing = findExisting(tx, command, pair);
  if (existing !== null) return existing;
  if (userIds.length > tx.membersMax) return refused('tooManyMembers');
  return create(tx, command, pair, userIds);
}

function findExisting(
  tx: Transaction,
  command: CreateConversation,
  pair: string | null,
): CreateConversationOutcome | null {
  if (pair !== null) {
    const row = tx.db.get<{ id: string }>('SELECT id FROM conversations WHERE pair = ?', pair);
    if (row !== undefined) {
      return { outcome: 'existing', conversationId: row.id as ConversationId };
    }
  }
  const row = tx.db.get<{ kind: string; creator_id: string }>(
    'SELECT kind, creator_id FROM conversations WHERE id = ?',
    command.id,
  );
  if (row === undefined) return null;
  // A direct conversation of this pair was found above: this is another one's id.
  return command.kind === 'group' && row.kind === 'group' && row.creator_id === command.creatorId
    ? { outcome: 'existing', conversationId: command.id }
    : refused('conflict');
}

function create(
  tx: Transaction,
  command: CreateConversation,
  pair: string | null,
  userIds: readonly UserId[],
): CreateConversationOutcome {
  const name = command.kind === 'direct' ? null : command.name;
  tx.db.run(
    `INSERT INTO conversations
       (id, kind, version, last_seq, member_count, active_at, changed_at, created_at, creator_id, name, pair)
     VALUES (?, ?, 1, 0, 0, ?, ?, ?, ?, ?, ?)`,
    command.id,
    command.kind,
    tx.now,
    tx.changedAt,
    tx.now,
    command.creatorId,
    name,
    pair,
  );
  const row = tx.db.get<KeyedRow>(
    `SELECT ${keyedColumns} FROM conversations c WHERE c.id = ?`,
    command.id,
  );
  if (row === undefined) throw new Error('unable to read a conversation that was just saved');
  const events: DurableEvent[] = [
    {
      type: 'conversationUpdated',
      conversationId: command.id,
      version: 1,
      data: { conversation: toConversation(row) },
    },
  ];
  for (const userId of userIds) {
    const role: Role =
      command.kind === 'group' && userId === command.creatorId ? 'owner' : 'member';
    events.push(joinMember(tx, row, userId, role));
  }
  return { outcome: 'created', conversationId: command.id, events };
}

export function updateConversation(
  tx: Transaction,
  command: {
    conversationId: ConversationId;
    actorId: UserId;
    name?: string | undefined;
    picture?: FileId | null | undefined;
  },
): ConversationOutcome {
  const standing = findStanding(tx, command.conversationId, command.actorId);
  if (standing === undefined) return refused('notMember');
  if (!may(standing.kind, standing.role, 'updateDetails')) return refused('forbidden');
  const { name = standing.name, picture = standing.picture as FileId | null } = command;
  if (standing.name === name && standing.picture === picture) {
    return { outcome: 'done', conversation: toConversation(standing), events: [] };
  }
  if (standing.picture !== picture) {
    const before = standing.picture as FileId | null;
    const refusal = changePicture(tx, command.actorId, before, picture, standing.key);
    if (refusal !== null) return refused(refusal);
  }
  const lines: SystemLine[] = [];
  if (standing.name !== name && name !== null) lines.push({ kind: 'renamed', name });
  if (standing.picture !== picture) lines.push({ kind: 'pictureChanged' });
  standing.name = name;
  standing.picture = picture;
  const version = nextVersion(tx, standing);
  tx.db.run(
    'UPDATE conversations SET name = ?, picture = ? WHERE key = ?',
    name,
    picture,
    standing.key,
  );
  const events: DurableEvent[] = [
    {
      type: 'conversationUpdated',
      conversationId: command.conversationId,
      version,
      data: { conversation: toConversation(standing) },
    },
  ];
  for (const line of lines) events.push(writeLine(tx, standing, command.actorId, line));
  return { outcome: 'done', conversation: toConversation(standing), events };
}
