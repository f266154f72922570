/** Owns what a system line says to the one who reads it: "Ada added Grace", "You added Grace", "Ada added you". Pure. */
import type { TimelineMessage } from '@natter/client';
import type { SystemLine } from '@natter/protocol';
import { formatList } from '../formatting/list.ts';
import type { Texts } from '../texts/english.ts';

export interface SystemReader {
  /** Null when it is not known whose device this is: then nobody is "you". */
  me: string | null;
  texts: Texts;
  /** BCP 47: how names are listed. */
  locale: string;
}

/** Names said before the rest is a number. */
const namesMax = 3;

export function systemText(
  { system, senderId, senderName }: Pick<TimelineMessage, 'system' | 'senderId' | 'senderName'>,
  reader: SystemReader,
): string {
  const say = reader.texts.timeline.system;
  const who = senderId === reader.me ? null : senderName;
  switch (system?.kind) {
    case 'added':
      return say.added(who, peopleText(system, reader));
    case 'removed':
      return say.removed(who, peopleText(system, reader));
    case 'left':
      return say.left(who);
    case 'renamed':
      return say.renamed(who, system.name);
    case 'pictureChanged':
      return say.pictureChanged(who);
    case 'roleChanged': {
      const { users, count, role } = system;
      // Nobody raises themselves: an owner has made room for another.
      if (count === 1 && users[0]?.userId === senderId) return say.steppedDown(who);
      const made = { owner: say.madeOwner, admin: say.madeAdmin, member: say.madeMember }[role];
      return made(who, peopleText(system, reader), count);
    }
    default:
      // A newer server knows more than this program.
      return say.changed(who);
  }
}

/** Null: only the reader. */
function peopleText(
  { users, count }: Extract<SystemLine, { count: number }>,
  { me, texts, locale }: SystemReader,
): string | null {
  const say = texts.timeline.system;
  const isMine = users.some(({ userId }) => userId === me);
  if (isMine && count === 1) return null;
  const others = users.filter(({ userId }) => userId !== me).map(({ name }) => name);
  const names = (isMine ? [say.you, ...others] : others).slice(0, namesMax);
  // A single one of the rest has a name as short as its number.
  const rest = count - names.length;
  const more = rest > 0 ? [say.others(rest)] : [];
  return formatList([...names, ...more], locale);
}
