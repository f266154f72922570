/** Owns the new text of a message that is being edited, and what becomes of it when the message is deleted meanwhile. */
import type { TimelineMessage } from '@natter/client';
import type { ConversationId, MessageId } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { editsOf } from '../drafts/edits.ts';
import { useDrafts } from '../drafts/useDraft.ts';

export interface Editing {
  text: string;
  setText: (text: string) => void;
  /** The message went away while it was edited; `kept`: what was written is in the draft now. */
  lost: { kept: boolean } | null;
  forgetLost: () => void;
}

export function useEditing(
  id: ConversationId,
  editing: TimelineMessage | null,
  onEnd: () => void,
): Editing {
  const client = useChatClient();
  const drafts = useDrafts();
  const [text, write] = useState(() => editsOf(client).get(id)?.text ?? '');
  const [lost, setLost] = useState<Editing['lost']>(null);
  const message = useMessage(id, editing?.id ?? null);
  const editingId = editing?.id ?? null;
  const original = editing?.content ?? '';
  const isDeleted = message !== null && message.deletedAt !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: later changes of the message do not undo what is being typed.
  useEffect(() => {
    if (editingId === null) return;
    const kept = editsOf(client).get(id);
    write(kept?.message.id === editingId ? kept.text : original);
    setLost(null);
  }, [editingId]);

  useEffect(() => {
    if (!isDeleted) return;
    const kept = text.trim() !== '' && text !== original;
    const { text: draft } = drafts.draftOf(id).getSnapshot();
    if (kept) drafts.write(id, draft.trim() === '' ? text : `${draft}\n${text}`);
    setLost({ kept });
    onEnd();
  }, [isDeleted, text, original, drafts, id, onEnd]);

  const setText = useCallback(
    (next: string) => {
      write(next);
      if (editing !== null) editsOf(client).keep(id, { message: editing, text: next });
    },
    [client, id, editing],
  );
  const forgetLost = useCallback(() => setLost(null), []);
  return { text, setText, lost, forgetLost };
}

/** As the timeline has it now; null when it has none, which says nothing about whether there is one. */
function useMessage(id: ConversationId, messageId: MessageId | null): TimelineMessage | null {
  const client = useChatClient();
  const subscribe = useCallback(
    (listener: () => void) =>
      messageId === null ? () => {} : client.messages(id).subscribe(listener),
    [client, id, messageId],
  );
  const getSnapshot = useCallback(() => {
    if (messageId === null) return null;
    const { messages } = client.messages(id).getSnapshot();
    return messages.find((each) => each.id === messageId) ?? null;
  }, [client, id, messageId]);
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
