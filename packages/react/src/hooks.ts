/** Owns the hooks: each shows one snapshot of the client and renders again only when that one changes. */
import type {
  ChatClient,
  ConnectionSnapshot,
  ConversationItem,
  ConversationsSnapshot,
  Me,
  MessagesSnapshot,
  PersistenceSnapshot,
  ReceiptsSnapshot,
  TypingSnapshot,
  UploadSnapshot,
} from '@natter/client';
import type { ConversationId, FileId, UserId } from '@natter/protocol';
import { useCallback, useSyncExternalStore } from 'react';
import { useChatClient } from './ChatProvider.tsx';
import { useStore, useStoreOf } from './useStore.ts';

export function useConnectionStatus(): ConnectionSnapshot {
  return useStore(useChatClient().connection);
}

/** Is what is shown and written here kept on this device? */
export function usePersistence(): PersistenceSnapshot {
  return useStore(useChatClient().persistence);
}

/** Who I am, as this device keeps it or the server has said; null until either is known. */
export function useMe(): Me | null {
  return useStore(useChatClient().me);
}

/** The list, most recently active first. `useChatClient().conversations.loadMore()` fetches the next page. */
export function useConversations(): ConversationsSnapshot {
  return useStore(useChatClient().conversations);
}

/** One conversation of the list; null while it is not loaded. Changes of the others do not render this component. */
export function useConversation(id: ConversationId): ConversationItem | null {
  const { conversations } = useChatClient();
  const subscribe = useCallback(
    (listener: () => void) => conversations.subscribe(listener),
    [conversations],
  );
  const getSnapshot = useCallback(() => conversations.get(id), [conversations, id]);
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

/** The timeline of a conversation. Send, page and mark through `useChatClient().messages(id)`. */
export function useMessages(id: ConversationId): MessagesSnapshot {
  return useStoreOf(useFinder('messages'), id);
}

/** Who is typing there now, without me. */
export function useTyping(id: ConversationId): TypingSnapshot {
  return useStoreOf(useFinder('typing'), id);
}

/** How far the other members have got, by user id. */
export function useReceipts(id: ConversationId): ReceiptsSnapshot {
  return useStoreOf(useFinder('receipts'), id);
}

/**
 * The picture of somebody in a conversation, as far as its members are known: those of a large one are not. Changes of
 * the others do not render this component.
 */
export function useMemberPicture(id: ConversationId, userId: UserId): FileId | null {
  const find = useFinder('receipts');
  const subscribe = useCallback((listener: () => void) => find(id).subscribe(listener), [find, id]);
  const getSnapshot = useCallback(
    () => find(id).getSnapshot().get(userId)?.picture ?? null,
    [find, id, userId],
  );
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}

export function useUploads(): readonly UploadSnapshot[] {
  return useStore(useChatClient().uploads);
}

function useFinder<Name extends 'messages' | 'typing' | 'receipts'>(name: Name) {
  const client = useChatClient();
  return useCallback(
    (id: ConversationId) => client[name](id) as ReturnType<ChatClient[Name]>,
    [client, name],
  );
}
