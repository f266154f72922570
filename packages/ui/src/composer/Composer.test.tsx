import { limits } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { conversationId, createFakeClient, mine } from '../../test/fakeClient.ts';
import { type OpenConversation, OpenConversationContext } from '../runtime/openConversation.ts';
import { Composer, type ComposerProps } from './Composer.tsx';

afterEach(cleanup);

function show({
  editing: first = null,
  ...over
}: Partial<ComposerProps> & { editing?: OpenConversation['editing'] } = {}) {
  const { client, calls } = createFakeClient();
  const onEditEnd = vi.fn();
  const onEditLast = vi.fn();
  const opened = (editing: OpenConversation['editing']): OpenConversation => ({
    id: conversationId(1),
    editing,
    edit: null,
    editLast: onEditLast,
    endEdit: onEditEnd,
    gone: false,
    composer: null,
  });
  const composer = (editing: OpenConversation['editing']) => (
    <OpenConversationContext value={opened(editing)}>
      <Composer {...over} />
    </OpenConversationContext>
  );
  const { rerender, container } = render(composer(first), {
    wrapper: ({ children }) => <ChatProvider client={client}>{children}</ChatProvider>,
  });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  return {
    field,
    onEditEnd,
    onEditLast,
    calls,
    container,
    write: (value: string) => fireEvent.change(field, { target: { value } }),
    again: (next: { editing: OpenConversation['editing'] }) => rerender(composer(next.editing)),
    sent: () => calls.filter(([name]) => name === 'send'),
  };
}

const png = (name = 'a.png', bytes = 4) =>
  new File([new Uint8Array(bytes)], name, { type: 'image/png' });
const send = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Send' });

describe('sending', () => {
  test('Enter sends the text without the space around it, once, and empties the field', () => {
    const { field, write, sent } = show();
    write('  hello\nthere ');
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent()).toEqual([['send', { content: 'hello\nthere' }]]);
    expect(field.value).toBe('');
  });

  test('Shift+Enter is a new line', () => {
    const { field, write, sent } = show();
    write('hello');
    expect(fireEvent.keyDown(field, { key: 'Enter', shiftKey: true })).toBe(true);
    expect(sent()).toEqual([]);
  });

  test('Enter that chooses a word of an input method does not send', () => {
    const { field, write, sent } = show();
    write('こん');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    expect(sent()).toEqual([]);
  });

  test('the button sends, and is off while there is nothing to send', () => {
    const { write, sent } = show();
    expect(send().disabled).toBe(true);
    write('   ');
    expect(send().disabled).toBe(true);
    write('hello');
    fireEvent.click(send());
    expect(sent()).toEqual([['send', { content: 'hello' }]]);
  });

  test('the limit is told before it is reached, and held', () => {
    const { field, write, sent } = show();
    write('x'.repeat(limits.contentCharactersMax - 12));
    expect(screen.getByText('12 characters left')).toBeDefined();
    write('x'.repeat(limits.contentCharactersMax + 1));
    expect(screen.getByText('1 character too many')).toBeDefined();
    expect(send().disabled).toBe(true);
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(sent()).toEqual([]);
  });
});

describe('typing', () => {
  const signals = (calls: readonly unknown[][]) =>
    calls.map(([name]) => name).filter((name) => name !== 'send');

  test('every change tells it, emptying and sending take it back', () => {
    const { field, write, calls } = show();
    write('h');
    write('he');
    write('');
    write('h');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(signals(calls)).toEqual(['started', 'started', 'stopped', 'started', 'stopped']);
  });

  test('editing an old message tells nobody', () => {
    const { write, calls } = show({ editing: mine({ content: 'old' }) });
    write('new');
    expect(signals(calls)).toEqual([]);
  });
});

describe('files', () => {
  const pick = (container: HTMLElement, files: File[]) => {
    const input = container.querySelector<HTMLInputElement>('input[type=file]');
    if (input === null) throw new Error('no file input');
    Object.defineProperty(input, 'files', { value: files, configurable: true });
    fireEvent.change(input);
  };

  test('chosen files show, can be removed, and are sent without text too', () => {
    const { container, sent } = show();
    const [a, b] = [png('a.png'), png('b.png')];
    pick(container, [a, b]);
    const list = screen.getByRole('list', { name: 'Attached files' });
    expect(within(list).getAllByRole('listitem').length).toBe(2);
    fireEvent.click(within(list).getByRole('button', { name: 'Remove a.png' }));
    fireEvent.click(send());
    expect(sent()).toEqual([['send', { content: '', files: [{ data: b, name: 'b.png' }] }]]);
    expect(screen.queryByRole('list', { name: 'Attached files' })).toBeNull();
  });

  test('pasted pictures are attached', () => {
    const { field, sent } = show();
    const picture = png();
    fireEvent.paste(field, { clipboardData: { files: [picture] } });
    fireEvent.click(send());
    expect(sent()).toEqual([['send', { content: '', files: [{ data: picture, name: 'a.png' }] }]]);
  });

  test('too many, too large and empty files are left out, and it says why', () => {
    const { container } = show();
    pick(container, [png('empty.png', 0)]);
    expect(screen.getByText('empty.png is empty.')).toBeDefined();
    const large = png('large.png');
    Object.defineProperty(large, 'size', { value: limits.uploadBytesMax + 1 });
    pick(container, [large]);
    expect(screen.getByText(/^large\.png is larger than/u)).toBeDefined();
    pick(
      container,
      Array.from({ length: limits.attachmentsMax + 1 }, (_, n) => png(`${n}.png`)),
    );
    expect(screen.getByText('A message carries at most 10 files.')).toBeDefined();
    expect(screen.getAllByRole('listitem').length).toBe(limits.attachmentsMax);
  });
});

describe('editing', () => {
  test('the field takes the message, saves its new text, and gives the draft back', () => {
    const { field, write, again, calls, onEditEnd } = show();
    write('my draft');
    const old = mine({ content: 'old' });
    again({ editing: old });
    expect(field.value).toBe('old');
    write('new ');
    fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(calls).toContainEqual(['edit', old.id, 'new']);
    expect(onEditEnd).toHaveBeenCalledOnce();
    again({ editing: null });
    expect(field.value).toBe('my draft');
  });

  test('what is being typed survives a change of the message from elsewhere', () => {
    const old = mine({ content: 'old' });
    const { field, write, again } = show({ editing: old });
    write('mine');
    again({ editing: { ...old, content: 'theirs' } });
    expect(field.value).toBe('mine');
  });

  test('Escape ends it, and the same text saves nothing', () => {
    const { field, calls, onEditEnd } = show({ editing: mine({ content: 'old' }) });
    fireEvent.keyDown(field, { key: 'Enter' });
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(calls.filter(([name]) => name === 'edit')).toEqual([]);
    expect(onEditEnd).toHaveBeenCalledTimes(2);
  });

  test('arrow up in an empty field asks for my last message', () => {
    const { field, write, onEditLast } = show();
    fireEvent.keyDown(field, { key: 'ArrowUp' });
    expect(onEditLast).toHaveBeenCalledOnce();
    write('text');
    fireEvent.keyDown(field, { key: 'ArrowUp' });
    expect(onEditLast).toHaveBeenCalledOnce();
  });
});

test('a draft is kept as it is written, and shown again', () => {
  const onDraft = vi.fn();
  const { field, write } = show({ draft: 'half a th', onDraft });
  expect(field.value).toBe('half a th');
  write('half a thought');
  expect(onDraft).toHaveBeenLastCalledWith('half a thought');
});
