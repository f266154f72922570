/** Owns cursors. They move forward only, never past the newest message, and reading includes delivery. */
import { limits, mergeCursor } from '@natter/protocol';
import type { CursorMove, CursorOutcome } from '../../contract.ts';
import type { Session } from '../connection.ts';
import { unreadAfter } from '../unread.ts';
import {
  findStandings,
  lockConversations,
  readStamp,
  type Stamp,
  type Standing,
  type World,
} from './transaction.ts';

type Moved = Omit<NonNullable<CursorOutcome>, 'unreadCount'> & { standing: Standing };

/** Several calls in one transaction, each of which counts by itself; outcomes in their order. */
export async function moveCursors(
  { session }: World,
  calls: readonly (readonly CursorMove[])[],
): Promise<CursorOutcome[][]> {
  const moves = calls.flat();
  if (moves.length === 0) return calls.map(() => []);
  lockConversations(
    session,
    moves.map(({ conversationId }) => conversationId),
  );
  const wanted = new Map(
    moves.map((move) => [keyOf(move.conversationId, move.userId), move] as const),
  );
  const [stamp, standings] = await Promise.all([
    readStamp(session),
    findStandings(session, [...wanted.values()]),
  ]);
  const byKey = new Map(
    standings.map((each) => [keyOf(each.conversation.id, each.actor.user_id), each]),
  );
  const cursorVersions = new Map<string, number>();
  const moved = calls.map((call) => decideCall(call, byKey, cursorVersions, stamp));
  saveMoves(session, moved.flat());
  saveCounts(session, cursorVersions, stamp);
  const unread = await countUnread(session, moved.flat());
  return moved.map((call) =>
    call.map((each) => {
      if (each === null) return null;
      const { standing, ...outcome } = each;
      const key = unreadKey(standing, outcome.readSeq);
      return { ...outcome, unreadCount: unread.get(key) ?? 0 };
    }),
  );
}

// User ids have no spaces.
const keyOf = (conversationId: string, userId: string) => `${conversationId} ${userId}`;

/** Moves of one call count once. A move that is told to nobody else is no change for them either (LARGE1). */
function decideCall(
  call: readonly CursorMove[],
  standings: Map<string, Standing>,
  cursorVersions: Map<string, number>,
  stamp: Stamp,
): (Moved | null)[] {
  const counted = new Map<string, number>();
  const moved = call.map((move) => {
    const standing = standings.get(keyOf(move.conversationId, move.userId));
    if (standing === undefined) return null;
    const { conversation, actor } = standing;
    const { readMoved, deliveredMoved } = moveForward(standing, move, stamp);
    let cursorVersion = 0;
    const isCounted = conversation.member_count <= limits.largeConversationMembers;
    if ((readMoved || deliveredMoved) && isCounted) {
      const before = cursorVersions.get(conversation.id) ?? conversation.cursor_version;
      cursorVersion = counted.get(conversation.id) ?? before + 1;
      counted.set(conversation.id, cursorVersion);
    }
    const { delivered_seq: deliveredSeq, read_seq: readSeq } = actor;
    return { standing, deliveredSeq, readSeq, readMoved, deliveredMoved, cursorVersion };
  });
  for (const [id, version] of counted) cursorVersions.set(id, version);
  return moved;
}

function moveForward(
  { conversation, actor }: Standing,
  move: CursorMove,
  stamp: Stamp,
): { readMoved: boolean; deliveredMoved: boolean } {
  const lastSeq = conversation.last_seq;
  const readSeq = mergeCursor(actor.read_seq, Math.min(move.readSeq ?? 0, lastSeq));
  const deliveredSeq = Math.max(
    actor.delivered_seq,
    Math.min(move.deliveredSeq ?? 0, lastSeq),
    readSeq,
  );
  const readMoved = readSeq > actor.read_seq;
  const deliveredMoved = deliveredSeq > actor.delivered_seq;
  actor.read_seq = readSeq;
  actor.delivered_seq = deliveredSeq;
  // Only reading changes the member's head.
  if (readMoved) actor.changed_at = Math.max(actor.changed_at, stamp.changedAt);
  return { readMoved, deliveredMoved };
}

function saveMoves(session: Session, moved: readonly (Moved | null)[]): void {
  const changed = moved.flatMap((each) =>
    each !== null && (each.readMoved || each.deliveredMoved) ? [each.standing] : [],
  );
  const rows = [...new Set(changed)];
  if (rows.length === 0) return;
  void session.run(
    `UPDATE natter.members m SET delivered_seq = moved.delivered_seq, read_seq = moved.read_seq,
       changed_at = greatest(m.changed_at, moved.changed_at)
     FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
       AS moved (conversation_id, user_id, delivered_seq, read_seq, changed_at)
     WHERE m.conversation_id = moved.conversation_id AND m.user_id = moved.user_id`,
    rows.map(({ conversation }) => conversation.id),
    rows.map(({ actor }) => actor.user_id),
    rows.map(({ actor }) => actor.delivered_seq),
    rows.map(({ actor }) => actor.read_seq),
    rows.map(({ actor }) => actor.changed_at),
  );
}

function saveCounts(session: Session, cursorVersions: Map<string, number>, stamp: Stamp): void {
  if (cursorVersions.size === 0) return;
  void session.run(
    `UPDATE natter.conversations c SET cursor_version = counted.version, changed_at = greatest(c.changed_at, $3)
     FROM unnest($1::uuid[], $2::bigint[]) AS counted (id, version) WHERE c.id = counted.id`,
    [...cursorVersions.keys()],
    [...cursorVersions.values()],
    stamp.changedAt,
  );
}

const unreadKey = ({ conversation }: Standing, readSeq: number) => `${conversation.id} ${readSeq}`;

async function countUnread(
  session: Session,
  moved: readonly (Moved | null)[],
): Promise<Map<string, number>> {
  const wanted = new Map(
    moved.flatMap((each) =>
      each === null ? [] : [[unreadKey(each.standing, each.readSeq), each] as const],
    ),
  );
  if (wanted.size === 0) return new Map();
  const asked = [...wanted.values()];
  const rows = await session.all<{ id: string; read_seq: number; unread: number }>(
    `SELECT w.id, w.read_seq, ${unreadAfter('w.id', 'w.last_seq', 'w.read_seq')} AS unread
     FROM unnest($1::uuid[], $2::bigint[], $3::bigint[]) AS w (id, read_seq, last_seq)`,
    asked.map(({ standing }) => standing.conversation.id),
    asked.map(({ readSeq }) => readSeq),
    asked.map(({ standing }) => standing.conversation.last_seq),
  );
  return new Map(rows.map((row) => [`${row.id} ${row.read_seq}`, row.unread]));
}
