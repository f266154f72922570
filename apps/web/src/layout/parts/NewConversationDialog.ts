/** Owns what of the kit comes when somebody begins to talk. */
export { NewConversationDialog } from '@natter/ui';
