/** Owns what of the kit comes after the list: one conversation. */
export { Conversation } from '@natter/ui';
