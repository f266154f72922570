/** Owns how a conversation and what changed in it become a page, whichever database they are from. */
import {
  type GetChangesResult,
  limits,
  type Member,
  type Message,
  type UserId,
} from '@natter/protocol';
import {
  type EntryRow,
  type MemberRow,
  type MessageRow,
  memberColumns,
  messageColumns,
  rowsOf,
  toEntry,
  toMember,
  toMessage,
} from './rows.ts';

/** Of those who left too; from `members m JOIN users u`. */
export const changedMemberColumns = `${memberColumns}, m.left_at`;
type ChangedMember = MemberRow & { left_at: number | null };

/** With the first messages and members stamped later, one more than a page has. */
export type ChangesRow = EntryRow & { messages: unknown[][]; members: unknown[][] };

type Change =
  | { version: number; message: Message }
  | { version: number; joined: Member }
  | { version: number; left: UserId };

export function toChangesPage(row: ChangesRow): GetChangesResult {
  const changes = [
    ...rowsOf<MessageRow>(messageColumns, row.messages).map(
      (message): Change => ({ version: message.version, message: toMessage(row.id, message) }),
    ),
    ...rowsOf<ChangedMember>(changedMemberColumns, row.members).map(toChange),
  ].sort((a, b) => a.version - b.version);
  const shown = changes.slice(0, limits.changesPerPageMax);
  const more = changes.length > shown.length;
  return {
    entry: toEntry(row),
    messages: shown.flatMap((change) => ('message' in change ? [change.message] : [])),
    joined: shown.flatMap((change) => ('joined' in change ? [change.joined] : [])),
    left: shown.flatMap((change) => ('left' in change ? [change.left] : [])),
    version: more ? (shown.at(-1)?.version ?? row.version) : row.version,
    more,
    tooFar: false,
  };
}

function toChange(row: ChangedMember): Change {
  return row.left_at === null
    ? { version: row.version, joined: toMember(row) }
    : { version: row.version, left: row.user_id as UserId };
}

/** More changed than is worth telling in pages. */
export function tooFar({ entry }: GetChangesResult): GetChangesResult {
  const { version } = entry.conversation;
  return { entry, messages: [], joined: [], left: [], version, more: false, tooFar: true };
}
