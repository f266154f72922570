/** Owns beginning conversations, and changing their details. */
import {
  type ConversationId,
  type DurableEvent,
  type FileId,
  may,
  type SystemLine,
  type UserId,
} from '@natter/protocol';
import type {
  ConversationOutcome,
  CreateConversation,
  CreateConversationOutcome,
} from '../../contract.ts';
import { toConversation } from '../../rows.ts';
import type { Session } from '../connection.ts';
import {
  createDraft,
  insertConversation,
  joinMember,
  nextVersion,
  saveDrafts,
  saveMembers,
  writeLine,
} from './draft.ts';
import { findUnused, judgePicture, savePicture } from './files.ts';
import { findPeople } from './members.ts';
import { findStanding, readStamp, refused, type World } from './transaction.ts';

/** Two at once under one id, or of one pair, collide; the one that begins again finds the other's. */
export async function createConversation(
  { session, membersMax }: World,
  command: CreateConversation,
): Promise<CreateConversationOutcome> {
  const userIds = [...new Set([command.creatorId, ...command.userIds])];
  if (command.kind === 'direct' && userIds.length !== 2) return refused('forbidden');
  // User ids have no spaces.
  const pair = command.kind === 'direct' ? userIds.toSorted().join(' ') : null;
  const [stamp, people, existing] = await Promise.all([
    readStamp(session),
    findPeople(session, command.id, userIds),
    findExisting(session, command, pair),
  ]);
  if (people.size < userIds.length) return refused('unknownUser');
  if (existing !== null) return existing;
  if (userIds.length > membersMax) return refused('tooManyMembers');

  const draft = createDraft(
    {
      id: command.id,
      kind: command.kind,
      name: command.kind === 'direct' ? null : command.name,
      picture: null,
      version: 1,
      last_seq: 0,
      member_count: 0,
      created_at: stamp.now,
      active_at: stamp.now,
      cursor_version: 0,
    },
    stamp,
  );
  const events: DurableEvent[] = [
    {
      type: 'conversationUpdated',
      conversationId: command.id,
      version: 1,
      data: { conversation: toConversation(draft.conversation) },
    },
  ];
  for (const userId of userIds) {
    const person = people.get(userId);
    if (person === undefined) throw new Error('somebody was there and is not');
    const isOwner = command.kind === 'group' && userId === command.creatorId;
    events.push(joinMember(draft, person, isOwner ? 'owner' : 'member'));
  }
  insertConversation(session, draft, { creatorId: command.creatorId, pair });
  saveMembers(session, [draft]);
  return { outcome: 'created', conversationId: command.id, events };
}

async function findExisting(
  session: Session,
  command: CreateConversation,
  pair: string | null,
): Promise<CreateConversationOutcome | null> {
  const [ofPair, ofId] = await Promise.all([
    pair === null
      ? undefined
      : session.get<{ id: string }>('SELECT id FROM natter.conversations WHERE pair = $1', pair),
    session.get<{ kind: string; creator_id: string }>(
      'SELECT kind, creator_id FROM natter.conversations WHERE id = $1',
      command.id,
    ),
  ]);
  if (ofPair !== undefined) {
    return { outcome: 'existing', conversationId: ofPair.id as ConversationId };
  }
  if (ofId === undefined) return null;
  // A direct conversation of this pair was found above: this is another one's id.
  const isSame =
    command.kind === 'group' && ofId.kind === 'group' && ofId.creator_id === command.creatorId;
  return isSame ? { outcome: 'existing', conversationId: command.id } : refused('conflict');
}

export async function updateConversation(
  { session }: World,
  command: {
    conversationId: ConversationId;
    actorId: UserId;
    name?: string | undefined;
    picture?: FileId | null | undefined;
  },
): Promise<ConversationOutcome> {
  const [{ stamp, standing }, unusedFiles] = await Promise.all([
    findStanding(session, command.conversationId, command.actorId),
    findUnused(session, command.picture ? [command.picture] : []),
  ]);
  if (standing === undefined) return refused('notMember');
  const { conversation, actor } = standing;
  if (!may(conversation.kind, actor.role, 'updateDetails')) return refused('forbidden');
  const before = { name: conversation.name, picture: conversation.picture };
  const { name = before.name, picture = before.picture as FileId | null } = command;
  if (before.name === name && before.picture === picture) {
    return { outcome: 'done', conversation: toConversation(conversation), events: [] };
  }
  if (before.picture !== picture) {
    const refusal = judgePicture(unusedFiles, command.actorId, picture);
    if (refusal !== null) return refused(refusal);
    savePicture(session, before.picture, picture, command.conversationId);
  }
  const lines: SystemLine[] = [];
  if (before.name !== name && name !== null) lines.push({ kind: 'renamed', name });
  if (before.picture !== picture) lines.push({ kind: 'pictureChanged' });
  Object.assign(conversation, { name, picture });
  const draft = createDraft(conversation, stamp);
  const version = nextVersion(draft);
  const events: DurableEvent[] = [
    {
      type: 'conversationUpdated',
      conversationId: command.conversationId,
      version,
      data: { conversation: toConversation(conversation) },
    },
  ];
  for (const line of lines) events.push(writeLine(draft, actor, line));
  saveDrafts(session, [draft]);
  return { outcome: 'done', conversation: toConversation(conversation), events };
}
