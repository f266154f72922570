import type { Message, MessageId } from '@natter/protocol';
import { expect, it } from 'vitest';
import { conversationId, userId, uuid } from '../scripted.suite.ts';
import { createChanges } from './changes.ts';
import { makeItem } from './item.ts';
import { createPending } from './pending.ts';

const id = conversationId(1);
const me = { userId: userId('ada'), name: 'Ada' };

function item(n: number, seq: number | null) {
  const messageId = uuid(n) as MessageId;
  const its = { conversationId: id, messageId, content: `${n}`, createdAt: 0 };
  const made = makeItem({ key: messageId, kind: 'send', ...its }, []);
  if (seq !== null) {
    const message = { id: messageId, seq, version: seq, attachments: [] } as unknown as Message;
    Object.assign(made, { state: 'acknowledged', message });
  }
  return made;
}

it('[ORDER1] seed 742: what is acknowledged shows by its place, whatever it was written after', () => {
  const items = [item(1, null), item(2, 9), item(3, 7), item(4, null)];
  const pending = createPending({
    me: () => me,
    changes: createChanges(),
    itemsOf: () => items,
    wantPreview: () => {},
  });
  expect(pending.of(id).map(({ seq }) => seq)).toEqual([7, 9, null, null]);
  expect(pending.of(id).map(({ id: one }) => one)).toEqual([3, 2, 1, 4].map(uuid));
  expect(pending.of(id)).toBe(pending.of(id));
});
