import { limits } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { conversationId, createFakeClient, mine, readyMessages } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import { createDrafts } from '../drafts/drafts.ts';
import { DraftsContext } from '../drafts/useDraft.ts';
import { type OpenConversation, OpenConversationContext } from '../runtime/openConversation.ts';
import { english } from '../texts/english.ts';
import { Composer, type ComposerProps } from './Composer.tsx';

afterEach(cleanup);

function show({
  editing: first = null,
  ...over
}: Partial<ComposerProps> & { editing?: OpenConversation['editing'] } = {}) {
  const { client, calls } = createFakeClient();
  const drafts = createDrafts({
    storage: null,
    clock: createTestClock(0),
    me: client.me,
    page: new EventTarget(),
  });
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
    wrapper: ({ children }) => (
      <ChatProvider client={client}>
        <DraftsContext value={drafts}>{children}</DraftsContext>
      </ChatProvider>
    ),
  });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  return {
    field,
    onEditEnd,
    onEditLast,
    calls,
    client,
    container,
    draft: () => drafts.draftOf(conversationId(1)).getSnapshot(),
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
    fireEvent.paste(field, { clipboardData: { files: [picture], getData: () => '' } });
    fireEvent.click(send());
    expect(sent()).toEqual([['send', { content: '', files: [{ data: picture, name: 'a.png' }] }]]);
  });

  test('text that brings a picture of itself, as from a spreadsheet, is pasted as text', () => {
    const { field, draft } = show();
    const clipboardData = { files: [png()], getData: () => 'A1' };
    expect(fireEvent.paste(field, { clipboardData })).toBe(true);
    expect(draft().files).toEqual([]);
  });

  test('what does not fit is said by name, and the rest is kept', () => {
    const { container } = show();
    const large = png('large.png');
    Object.defineProperty(large, 'size', { value: limits.uploadBytesMax + 1 });
    pick(container, [
      png('empty.png', 0),
      large,
      ...Array.from({ length: limits.attachmentsMax + 2 }, (_, n) => png(`${n}.png`)),
    ]);
    expect(screen.getByText('Empty, not attached: empty.png.')).toBeDefined();
    expect(screen.getByText('Larger than 26 MB, not attached: large.png.')).toBeDefined();
    expect(
      screen.getByText('A message carries at most 10 files. Not attached: 10.png and 11.png.'),
    ).toBeDefined();
    expect(screen.getAllByRole('listitem').length).toBe(limits.attachmentsMax);
    expect(screen.getByText('10 of 10 files, 40 bytes')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText(/not attached/i)).toBeNull();
    expect(screen.getAllByRole('listitem').length).toBe(limits.attachmentsMax);
  });

  test('what cannot be read, as a folder, is taken out again and said', async () => {
    const { container, draft } = show();
    const folder = png('folder');
    folder.slice = () => {
      throw new DOMException('gone', 'NotFoundError');
    };
    pick(container, [png('a.png'), folder]);
    await screen.findByText('Cannot be read, not attached: folder.');
    expect(draft().files.map(({ file }) => file.name)).toEqual(['a.png']);
  });

  test('the order is changed with Shift and an arrow key, said, and is the one that is sent', () => {
    const { container, sent } = show();
    pick(container, [png('a.png'), png('b.png'), png('c.png')]);
    const tile = (name: string) =>
      screen.getByRole('button', { name: new RegExp(`^${name} 4 bytes \\d of`) });
    tile('a.png').focus();
    fireEvent.keyDown(tile('a.png'), { key: 'ArrowLeft', shiftKey: true });
    fireEvent.keyDown(tile('a.png'), { key: 'ArrowRight', shiftKey: true });
    expect(screen.getByText('a.png is now 2 of 3')).toBeDefined();
    expect(document.activeElement).toBe(tile('a.png'));
    fireEvent.keyDown(tile('a.png'), { key: 'ArrowRight' });
    expect(document.activeElement).toBe(tile('c.png'));
    fireEvent.click(send());
    expect(sent()).toMatchObject([
      ['send', { files: [{ name: 'b.png' }, { name: 'a.png' }, { name: 'c.png' }] }],
    ]);
  });

  test('Delete removes a file; the focus goes to the next, and after the last to the field', () => {
    const { container, field, draft } = show();
    pick(container, [png('a.png'), png('b.png')]);
    const tile = (name: string) =>
      screen.getByRole('button', { name: new RegExp(`^${name} 4 bytes \\d of`) });
    tile('a.png').focus();
    fireEvent.keyDown(tile('a.png'), { key: 'Delete' });
    expect(document.activeElement).toBe(tile('b.png'));
    fireEvent.keyDown(tile('b.png'), { key: 'Delete' });
    expect(draft().files).toEqual([]);
    expect(document.activeElement).toBe(field);
  });

  test('dragging one over another puts it there', () => {
    const { container, draft } = show();
    pick(container, [png('a.png'), png('b.png'), png('c.png')]);
    const [first, , last] = screen.getAllByRole('listitem');
    if (first === undefined || last === undefined) throw new Error('no files');
    const dataTransfer = { setData() {}, types: [] };
    fireEvent.dragStart(first, { dataTransfer });
    fireEvent.dragOver(last, { dataTransfer });
    fireEvent.dragEnd(first, { dataTransfer });
    expect(draft().files.map(({ file }) => file.name)).toEqual(['b.png', 'c.png', 'a.png']);
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

  test('it shows what is edited, and Escape leaves the draft as it was', () => {
    const { field, write, again, draft } = show();
    write('my draft');
    again({ editing: mine({ content: 'the old words' }) });
    expect(screen.getByText('the old words', { selector: 'span' })).toBeDefined();
    write('other words');
    again({ editing: null });
    expect(field.value).toBe('my draft');
    expect(draft().text).toBe('my draft');
  });

  test('a message that is deleted meanwhile ends it with a word, and what was written is kept', () => {
    const old = mine({ content: 'old' });
    const { client, write, onEditEnd, draft } = show({ editing: old });
    const { set } = client.messages(conversationId(1));
    act(() => set({ ...readyMessages, messages: [old] }));
    write('new words');
    expect(onEditEnd).not.toHaveBeenCalled();
    act(() =>
      set({ ...readyMessages, messages: [{ ...old, content: '', deletedAt: old.createdAt + 1 }] }),
    );
    expect(onEditEnd).toHaveBeenCalled();
    expect(draft().text).toBe('new words');
    expect(screen.getByText(/Your text is kept here as a draft/)).toBeDefined();
  });
});

describe('drafts', () => {
  test('what is written and chosen is there when the conversation is opened again', () => {
    const { client } = createFakeClient();
    const drafts = createDrafts({
      storage: null,
      clock: createTestClock(0),
      me: client.me,
      page: new EventTarget(),
    });
    drafts.choose(conversationId(1), [drafts.hold(png())]);
    const open = (n: number) => (
      <ChatProvider client={client}>
        <DraftsContext value={drafts}>
          <Composer conversationId={conversationId(n)} />
        </DraftsContext>
      </ChatProvider>
    );
    const { rerender } = render(open(1));
    const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
    fireEvent.change(field(), { target: { value: 'half a th' } });
    rerender(open(2));
    expect(field().value).toBe('');
    expect(screen.queryByRole('listitem')).toBeNull();
    rerender(open(1));
    expect(field().value).toBe('half a th');
    expect(screen.getAllByRole('listitem').length).toBe(1);
  });
});

describe('without a connection', () => {
  test('it says that what is sent can be lost, where nothing is kept; that it waits, the banner says', () => {
    const { client } = show();
    expect(screen.queryByText(/connection/i)).toBeNull();
    const offline = { status: 'reconnecting', attempt: 1, retryAt: null, online: false } as const;
    act(() => client.connection.set(offline));
    expect(screen.queryByText(/^No connection/)).toBeNull();
    expect(screen.getByPlaceholderText(english.composer.placeholderWaiting)).toBeDefined();
    act(() => client.persistence.set({ state: 'memory', error: null }));
    expect(screen.getByText(/if this page stays open\.$/)).toBeDefined();
    act(() => client.connection.set({ status: 'disconnected', reason: 'signedOut', error: null }));
    expect(screen.getByText(/^You are signed out/)).toBeDefined();
  });

  test('a blink of it changes no word', () => {
    const { client, field } = show();
    act(() =>
      client.connection.set({ status: 'reconnecting', attempt: 1, retryAt: null, online: true }),
    );
    expect(field.getAttribute('placeholder')).toBe(english.composer.placeholder);
  });
});

describe('on a phone', () => {
  test('Enter is a new line, the key says so, and the button sends', () => {
    const matches = vi.spyOn(window, 'matchMedia').mockImplementation(
      (query) =>
        ({
          matches: query === '(pointer: coarse)',
          addEventListener() {},
          removeEventListener() {},
        }) as unknown as MediaQueryList,
    );
    const { field, write, sent } = show();
    expect(field.getAttribute('enterkeyhint')).toBe('enter');
    write('hello');
    expect(fireEvent.keyDown(field, { key: 'Enter' })).toBe(true);
    expect(sent()).toEqual([]);
    fireEvent.click(send());
    expect(sent()).toEqual([['send', { content: 'hello' }]]);
    matches.mockRestore();
  });
});
