import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { conversationId, createFakeClient, mine, readyMessages } from '../../test/fakeClient.ts';
import { Composer } from '../composer/Composer.tsx';
import { useOpenConversation } from '../runtime/openConversation.ts';
import { english } from '../texts/english.ts';
import { Conversation } from './Conversation.tsx';

afterEach(cleanup);

const message = mine({ content: 'Almost their' });

function EditButton() {
  const { edit } = useOpenConversation();
  return (
    <button type="button" onClick={() => edit?.(message)}>
      edit
    </button>
  );
}

test('an edit that is not finished is there after looking elsewhere, until it is given up', () => {
  const { client } = createFakeClient();
  const page = (number: number) => (
    <ChatProvider client={client}>
      <Conversation id={conversationId(number)}>
        <EditButton />
        <Composer />
      </Conversation>
    </ChatProvider>
  );
  for (const number of [1, 2])
    act(() =>
      client.messages(conversationId(number)).set({ ...readyMessages, messages: [message] }),
    );
  const { rerender } = render(page(1));
  const field = () => screen.getByLabelText<HTMLTextAreaElement>(english.composer.label);
  fireEvent.click(screen.getByRole('button', { name: 'edit' }));
  expect(field().value).toBe('Almost their');
  fireEvent.change(field(), { target: { value: 'Almost there' } });
  rerender(page(2));
  expect(field().value).toBe('');
  rerender(page(1));
  expect(field().value).toBe('Almost there');
  fireEvent.click(screen.getByRole('button', { name: english.composer.cancelEdit }));
  rerender(page(2));
  rerender(page(1));
  expect(field().value).toBe('');
});
