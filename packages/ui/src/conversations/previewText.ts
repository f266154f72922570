/** Owns the one line that stands for a message: in the list, for screen readers, in notifications. */
import type { ConversationItem, TimelineMessage } from '@natter/client';
import { plainText } from '../markdown/read.ts';
import type { Texts } from '../texts/english.ts';
import { type SystemReader, systemText } from '../timeline/systemText.ts';

export function previewText(
  { preview, conversation }: ConversationItem,
  reader: SystemReader,
): string {
  const { texts } = reader;
  const say = texts.conversations;
  if (preview === null) return say.noMessages;
  if (preview.deletedAt !== null) return say.deleted;
  if (preview.type === 'system') return systemText(preview, reader);
  const text = contentText(preview, texts);
  if (preview.isMine) return say.prefixed(say.you, text);
  return conversation.kind === 'group' ? say.prefixed(preview.senderName, text) : text;
}

/** Of a message of the timeline, or of one that an event brings. */
type Content = Pick<TimelineMessage, 'content' | 'attachments'> &
  Partial<Pick<TimelineMessage, 'pending'>>;

/** What it says, on one line and without marks; what it carries when it says nothing. */
export function contentText(message: Content, texts: Texts): string {
  const text = plainText(message.content).replace(/\s+/gu, ' ').trim();
  return text === '' ? attachmentText(message, texts) : text;
}

function attachmentText({ attachments, pending = [] }: Content, texts: Texts): string {
  const all = attachments.length > 0 ? attachments : pending;
  const first = all[0];
  if (first === undefined) return '';
  if (all.every((each) => each.kind === 'image')) {
    return all.length === 1 ? texts.conversations.photo : texts.conversations.photos(all.length);
  }
  return first.name;
}
