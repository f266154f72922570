/**
 * Owns which conversation the parts below belong to, and what they share: the message that is being edited, and the
 * composer that takes what is dropped elsewhere. Each part also stands alone, with the conversation as its prop.
 */
import type { TimelineMessage } from '@natter/client';
import type { ConversationId } from '@natter/protocol';
import { createContext, type RefObject, use } from 'react';

export interface ComposerHandle {
  addFiles: (files: readonly File[]) => void;
  focus: () => void;
}

export interface OpenConversation {
  id: ConversationId;
  editing: TimelineMessage | null;
  /** Puts a message into the composer; null where there is none to put it into. */
  edit: ((message: TimelineMessage) => void) | null;
  /** My newest message that can be edited, if one is loaded. */
  editLast: () => void;
  endEdit: () => void;
  /** I am not in it: nothing that is written arrives. */
  gone: boolean;
  composer: RefObject<ComposerHandle | null> | null;
}

export const OpenConversationContext = createContext<OpenConversation | null>(null);

const nothing = () => {};

/** The conversation around this part; or, for a part that stands alone, the one that its prop names. */
export function useOpenConversation(id?: ConversationId): OpenConversation {
  const around = use(OpenConversationContext);
  if (around !== null && (id === undefined || id === around.id)) return around;
  if (id === undefined)
    throw new Error(
      'unable to find the conversation: put <Conversation id={…}> above this component, or give it a conversationId',
    );
  return {
    id,
    editing: null,
    edit: null,
    editLast: nothing,
    endEdit: nothing,
    gone: false,
    composer: null,
  };
}
