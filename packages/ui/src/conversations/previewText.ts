/** Owns the one line that stands for a conversation's newest message. */
import type { ConversationItem } from '@natter/client';
import type { Texts } from '../texts/english.ts';

export function previewText({ preview, conversation }: ConversationItem, texts: Texts): string {
  const say = texts.conversations;
  if (preview === null) return say.noMessages;
  if (preview.deletedAt !== null) return say.deleted;
  const text =
    preview.content.trim() === ''
      ? attachmentText(preview, texts)
      : preview.content.replace(/\s+/gu, ' ').trim();
  if (preview.isMine) return say.prefixed(say.you, text);
  return conversation.kind === 'group' ? say.prefixed(preview.senderName, text) : text;
}

type Preview = NonNullable<ConversationItem['preview']>;

function attachmentText({ attachments, pending }: Preview, texts: Texts): string {
  const all = attachments.length > 0 ? attachments : pending;
  const first = all[0];
  if (first === undefined) return '';
  if (all.every((each) => each.kind === 'image')) {
    return all.length === 1 ? texts.conversations.photo : texts.conversations.photos(all.length);
  }
  return first.name;
}
