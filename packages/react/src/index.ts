/** React hooks for Natter: one subscription each. */
export { ChatProvider, useChatClient } from './ChatProvider.tsx';
export {
  useConnectionStatus,
  useConversation,
  useConversations,
  useMe,
  useMemberPicture,
  useMessages,
  usePersistence,
  useReceipts,
  useTyping,
  useUploads,
} from './hooks.ts';
export { useChatEvents } from './useChatEvents.ts';
export { usePresence } from './usePresence.ts';
