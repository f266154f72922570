/** Owns the verdict: every device's own history, line by line, against the database as it is at the end. */
import type { ConversationId, MessageId } from '@natter/protocol';
import { apply, type FinalConversation, type History, type Shown } from './history.ts';
import type { StoredConversation, Truth } from './truth.ts';

export interface Verdict {
  devices: number;
  sent: number;
  acknowledged: number;
  stored: number;
  /** Timelines looked at. */
  shown: number;
  refused: number;
  lost: string[];
  repeated: string[];
  outOfOrder: string[];
  holes: string[];
  different: string[];
}

const kinds = ['lost', 'repeated', 'outOfOrder', 'holes', 'different'] as const;

export function judge(histories: readonly History[], truth: Truth): Verdict {
  const verdict: Verdict = {
    devices: histories.length,
    sent: 0,
    acknowledged: 0,
    stored: 0,
    shown: 0,
    refused: 0,
    lost: [],
    repeated: [],
    outOfOrder: [],
    holes: [],
    different: [],
  };
  for (const [id, stored] of truth) judgeStored(verdict, id as ConversationId, stored);
  for (const history of histories) judgeDevice(verdict, history, truth);
  return verdict;
}

/** Empty when nothing is wrong; else the first few of each kind, for the message of a failing test. */
export function wrongs(verdict: Verdict): string[] {
  return kinds.flatMap((kind) => verdict[kind].slice(0, 8).map((what) => `${kind}: ${what}`));
}

export function figures(verdict: Verdict): string {
  const { devices, sent, acknowledged, stored, shown, refused } = verdict;
  const { lost, repeated, outOfOrder, holes, different } = verdict;
  return `${devices} devices, ${sent} sent, ${acknowledged} acknowledged, ${refused} refusals meanwhile, ${stored} stored, ${shown} timelines seen; ${lost.length} lost, ${repeated.length} repeated, ${outOfOrder.length} out of order, ${holes.length} holes, ${different.length} different`;
}

function judgeStored(verdict: Verdict, id: ConversationId, stored: StoredConversation): void {
  verdict.stored += stored.rows.length;
  const seen = new Set<MessageId>();
  for (const [at, row] of stored.rows.entries()) {
    if (row.seq !== at + 1)
      verdict.holes.push(`the database has ${row.seq} in the place of ${at + 1} of ${id}`);
    if (seen.has(row.id)) verdict.repeated.push(`the database has ${row.id} twice`);
    seen.add(row.id);
  }
  if (stored.lastSeq !== stored.rows.length)
    verdict.holes.push(`${id} counts ${stored.lastSeq} messages and has ${stored.rows.length}`);
}

function judgeDevice(verdict: Verdict, { device, userId, entries }: History, truth: Truth): void {
  const timelines = new Map<ConversationId, Shown[]>();
  const acknowledged = new Map<MessageId, number>();
  const failed = new Set<MessageId>();
  const written = new Set<MessageId>();
  const sent: { conversationId: ConversationId; id: MessageId; content: string }[] = [];
  let finals: Record<string, FinalConversation> | null = null;

  for (const entry of entries) {
    switch (entry.what) {
      case 'sent':
        sent.push(entry);
        written.add(entry.id);
        break;
      case 'acknowledged': {
        const before = acknowledged.get(entry.id);
        acknowledged.set(entry.id, entry.seq);
        if (before !== undefined && before !== entry.seq)
          verdict.repeated.push(
            `${device}: ${entry.id} acknowledged as ${before} and ${entry.seq}`,
          );
        if (placeOf(truth, entry.conversationId, entry.id) !== entry.seq)
          verdict.lost.push(`${device}: ${entry.id}, acknowledged as ${entry.seq}`);
        break;
      }
      case 'event':
        if (entry.id !== undefined && entry.type === 'newMessage') {
          const place = placeOf(truth, entry.conversationId, entry.id);
          if (place !== entry.seq)
            verdict.lost.push(`${device}: ${entry.id}, told as ${entry.seq}, stored as ${place}`);
        }
        break;
      case 'shown': {
        const { conversationId } = entry;
        const before = timelines.get(conversationId) ?? [];
        const rows = apply(before, entry);
        timelines.set(conversationId, rows);
        for (const messageId of gone(before, rows))
          verdict.lost.push(`${device}: ${messageId} vanished from its timeline`);
        verdict.shown += 1;
        judgeTimeline(verdict, device, conversationId, rows, truth, written);
        break;
      }
      case 'failed':
        failed.add(entry.id);
        break;
      case 'refused':
        verdict.refused += 1;
        break;
      case 'fault':
        verdict.different.push(`${device} has a fault: ${entry.message}`);
        break;
      case 'final':
        finals = entry.conversations;
        break;
      case 'status':
      case 'closed':
    }
  }

  verdict.acknowledged += acknowledged.size;
  verdict.sent += sent.length;
  judgeSent(verdict, device, sent, failed, truth);
  if (finals === null) verdict.different.push(`${device} never came to an end`);
  else judgeFinals(verdict, device, userId, finals, truth);
}

/** No id twice, places only upwards and without holes, each as the database has it: then nothing ever changed its place. */
function judgeTimeline(
  verdict: Verdict,
  device: string,
  id: ConversationId,
  rows: readonly Shown[],
  truth: Truth,
  written: ReadonlySet<MessageId>,
): void {
  const seen = new Set<MessageId>();
  let last: number | null = null;
  for (const [messageId, seq] of rows) {
    if (seen.has(messageId)) verdict.repeated.push(`${device} shows ${messageId} twice`);
    seen.add(messageId);
    if (seq === null) continue;
    if (last !== null && seq <= last)
      verdict.outOfOrder.push(`${device} shows ${seq} after ${last} in ${id}`);
    // What was written here stands below the others until what is before it has come.
    else if (last !== null && seq > last + 1 && !written.has(messageId))
      verdict.holes.push(`${device} shows ${seq} next to ${last} in ${id}`);
    const place = placeOf(truth, id, messageId);
    if (place !== seq)
      verdict.outOfOrder.push(`${device} shows ${messageId} as ${seq}, stored as ${place}`);
    last = seq;
  }
}

/** What was shown and is not, though what is older still is. */
function gone(before: readonly Shown[], rows: readonly Shown[]): MessageId[] {
  if (rows.length === 0) return [];
  const still = new Set(rows.map(([messageId]) => messageId));
  const first = rows.find(([, seq]) => seq !== null)?.[1] ?? 0;
  return before
    .filter(([messageId, seq]) => !still.has(messageId) && (seq === null || seq >= first))
    .map(([messageId]) => messageId);
}

/** Stored as it was written, in the order in which this device wrote it; or seen as `failed`. */
function judgeSent(
  verdict: Verdict,
  device: string,
  sent: readonly { conversationId: ConversationId; id: MessageId; content: string }[],
  failed: ReadonlySet<MessageId>,
  truth: Truth,
): void {
  const last = new Map<ConversationId, number>();
  for (const { conversationId, id, content } of sent) {
    const seq = placeOf(truth, conversationId, id);
    const row = seq === undefined ? undefined : truth.get(conversationId)?.rows[seq - 1];
    if (row === undefined) {
      if (!failed.has(id)) verdict.lost.push(`${device}: ${id}, sent and gone`);
      continue;
    }
    if (row.seq < (last.get(conversationId) ?? 0))
      verdict.outOfOrder.push(`${device}: ${id} is stored before what was sent before it`);
    last.set(conversationId, row.seq);
    if (row.content !== content && row.editedAt === null && row.deletedAt === null)
      verdict.different.push(`${device}: ${id} is not stored as it was sent`);
  }
}

function judgeFinals(
  verdict: Verdict,
  device: string,
  userId: string,
  finals: Record<string, FinalConversation>,
  truth: Truth,
): void {
  for (const [id, stored] of truth) {
    const mine = finals[id];
    if (mine === undefined) {
      verdict.different.push(`${device} does not know ${id}`);
      continue;
    }
    const theirs = finalOf(stored, userId);
    for (const part of ['version', 'readSeq', 'unreadCount', 'others', 'rows'] as const) {
      const [a, b] = [JSON.stringify(mine[part]), JSON.stringify(theirs[part])];
      if (a === b) continue;
      const at = [...a].findIndex((character, index) => character !== b[index]);
      const near = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
      verdict.different.push(`${device}, ${part} of ${id}: …${near(a)}… for …${near(b)}…`);
    }
  }
}

/** What this person's device has to show in the end. */
export function finalOf(stored: StoredConversation, userId: string): FinalConversation {
  const { version, rows, members, unread } = stored;
  const others = Object.fromEntries(
    Object.entries(members)
      .filter(([id]) => id !== userId)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  const readSeq = members[userId]?.readSeq ?? 0;
  return { version, readSeq, unreadCount: unread[userId] ?? 0, rows, others };
}

const places = new WeakMap<StoredConversation, Map<MessageId, number>>();

function placeOf(truth: Truth, id: ConversationId, messageId: MessageId): number | undefined {
  const stored = truth.get(id);
  if (stored === undefined) return undefined;
  let known = places.get(stored);
  if (known === undefined) {
    known = new Map(stored.rows.map((row) => [row.id, row.seq]));
    places.set(stored, known);
  }
  return known.get(messageId);
}
