/** Owns what of the kit comes after the list: one conversation, and the question before signing out. */
import '@natter/ui/styles/opened.css';

export { ConfirmDialog, Conversation } from '@natter/ui';
