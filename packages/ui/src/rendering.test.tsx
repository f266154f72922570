// @vitest-environment node
/** The kit on a server, where there is no page: it renders what is known, and a browser takes over from there. */
import type { FileId, UserId } from '@natter/protocol';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import {
  conversationId,
  createFakeClient,
  item,
  message,
  mine,
  readyConversations,
  readyMessages,
} from '../test/fakeClient.ts';
import { Avatar, Chat, Chatbox, QuickSwitcher } from './index.ts';
import { english } from './texts/english.ts';

const picture = '0197c000-0000-7000-a000-000000000001' as FileId;
const id = conversationId(1);

function createClient() {
  const { client } = createFakeClient();
  const messages = [message({ seq: 1, content: 'Hello' }), mine({ seq: 2, content: 'And you?' })];
  client.conversations.set({ ...readyConversations, items: [item({ kind: 'group' })] });
  client.messages(id).set({ ...readyMessages, messages });
  client.typing(id).set([{ userId: 'ada' as UserId, name: 'Ada' }]);
  return client;
}

test('without a page the whole chat renders, with its list', () => {
  expect(typeof window).toBe('undefined');
  const html = renderToString(<Chatbox client={createClient()} />);
  expect(html).toContain('Ada Lovelace');
});

test('without a page a conversation renders, with its composer', () => {
  const html = renderToString(<Chatbox client={createClient()} conversationId={id} />);
  expect(html).toContain(english.composer.label);
});

test('without a page dialogs and pictures that wait for their code or bytes render without them', () => {
  const html = renderToString(
    <Chat client={createClient()}>
      <Avatar id="ada" name="Ada Lovelace" picture={picture} />
      <QuickSwitcher onClose={() => {}} onOpen={() => {}} />
    </Chat>,
  );
  expect(html).toContain('natter-avatar');
});
