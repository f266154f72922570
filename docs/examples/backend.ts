/** What a host's own server does in its chat: makes people known, begins conversations, sends, and signs people out. */
import { createHash } from 'node:crypto';
import { type ConversationId, type MessageId, type UserId, uuidv7 } from '@natter/protocol';
import type { Natter } from '@natter/server';

export interface Order {
  id: string;
  customer: { id: string; name: string };
  /** Unix ms. */
  orderedAt: number;
}

const shop = 'shop' as UserId;

/** Twice is once: the ids follow from the order's, not from the moment. */
export async function tellOfOrder(natter: Natter, order: Order): Promise<ConversationId> {
  const customer = order.customer.id as UserId;
  await natter.saveUser({ userId: shop, name: 'The shop' });
  await natter.saveUser({ userId: customer, name: order.customer.name });

  const id = idOf(order, 'conversation') as ConversationId;
  const name = `Order ${order.id}`;
  await natter.call(shop, 'createConversation', { id, kind: 'group', name, userIds: [customer] });
  await natter.call(shop, 'sendMessage', {
    id: idOf(order, 'welcome') as MessageId,
    conversationId: id,
    content: 'Thank you! We pack it today.',
  });
  return id;
}

/** First let `authenticate` refuse their tokens. */
export function signOut(natter: Natter, userId: string): void {
  natter.revoke({ userId: userId as UserId });
}

function idOf({ id, orderedAt }: Order, what: string): string {
  return uuidv7(orderedAt, createHash('sha256').update(`${id} ${what}`).digest());
}
