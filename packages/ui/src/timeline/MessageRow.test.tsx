import { type ErrorBody, type FileId, NatterError } from '@natter/protocol';
import { ChatProvider } from '@natter/react';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createFakeClient, message, mine } from '../../test/fakeClient.ts';
import { english } from '../texts/english.ts';
import { MessageRow, type MessageRowProps } from './MessageRow.tsx';
import { createRest, type Rest, RestContext } from './rest.ts';

afterEach(cleanup);

const refused: ErrorBody = new NatterError(
  'rateLimited',
  'unable to send the message: too many',
).toBody();

function show(
  row: MessageRowProps['message'],
  over: Partial<MessageRowProps> = {},
  rest: Rest = createRest(),
) {
  const commands = {
    copy: vi.fn(),
    copyLink: vi.fn(),
    edit: vi.fn(),
    details: vi.fn(),
    delete: vi.fn(),
    resend: vi.fn(),
    discard: vi.fn(),
  };
  const { client, calls } = createFakeClient();
  render(
    <ChatProvider client={client}>
      <RestContext value={rest}>
        <MessageRow
          message={row}
          opensDay={false}
          opensNew={false}
          first
          last
          group={false}
          canDelete={row.isMine}
          active={false}
          now={row.createdAt}
          commands={commands}
          {...over}
        />
      </RestContext>
    </ChatProvider>,
  );
  return { commands, calls, article: screen.getByRole('article') };
}

describe('ticks', () => {
  test.each([
    ['sending', 'Sending'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
    ['failed', 'Not sent'],
  ] as const)('a message of mine that is %s says "%s"', (status, label) => {
    const { article } = show(mine({ status }));
    expect(within(article).getByRole('img', { name: label }).dataset.status).toBe(status);
  });

  test("others' messages have none", () => {
    const { article } = show(message());
    expect(within(article).queryByRole('img')).toBeNull();
  });
});

describe('failure', () => {
  test('a failed message says why, and can be sent again or discarded', () => {
    const failed = mine({ seq: null, status: 'failed', error: refused });
    const { article, commands } = show(failed);
    expect(within(article).getByRole('alert').textContent).toContain(english.errors.rateLimited);
    fireEvent.click(within(article).getByRole('button', { name: 'Resend' }));
    fireEvent.click(within(article).getByRole('button', { name: 'Discard' }));
    expect(commands.resend).toHaveBeenCalledExactlyOnceWith(failed);
    expect(commands.discard).toHaveBeenCalledExactlyOnceWith(failed);
  });

  test('a refused change says why, and offers no resend', () => {
    const { article } = show(mine({ status: 'read', error: refused }));
    expect(within(article).getByRole('alert').textContent).toContain('The change was not saved.');
    expect(within(article).queryByRole('button', { name: 'Resend' })).toBeNull();
  });
});

describe('actions', () => {
  const names = (article: HTMLElement) =>
    within(article)
      .queryAllByRole('button')
      .map((button) => button.getAttribute('aria-label'));

  test('my own message can be copied, edited and deleted', () => {
    expect(names(show(mine()).article)).toEqual(['Copy text', 'Edit', 'Delete', 'More actions']);
  });

  test("somebody else's can only be copied", () => {
    expect(names(show(message()).article)).toEqual(['Copy text', 'More actions']);
  });

  test("whoever may delete others' messages is offered it", () => {
    expect(names(show(message(), { canDelete: true }).article)).toEqual([
      'Copy text',
      'Delete',
      'More actions',
    ]);
  });

  test('what the server does not know yet cannot be changed', () => {
    expect(names(show(mine({ seq: null, status: 'sending' })).article)).toEqual([
      'Copy text',
      'Edit',
      'Delete',
      'More actions',
    ]);
  });
});

describe('what is shown', () => {
  test('markup is text', () => {
    const { article } = show(message({ content: '<img src=x onerror=alert(1)> <b>bold</b>' }));
    expect(article.querySelector('img, b')).toBeNull();
    expect(article.textContent).toContain('<b>bold</b>');
  });

  test('a link opens elsewhere and tells nobody where from', () => {
    const { article } = show(message({ content: 'https://a.example/x' }));
    const link = within(article).getByRole('link');
    expect(link.getAttribute('rel')).toContain('noopener');
    expect(link.getAttribute('href')).toBe('https://a.example/x');
  });

  test('a deleted message is a tombstone without ticks or actions', () => {
    const { article } = show(mine({ content: '', deletedAt: 1 }));
    expect(article.textContent).toContain('This message was deleted');
    expect(within(article).queryByRole('button')).toBeNull();
    expect(within(article).queryByRole('img')).toBeNull();
  });

  test('an edited message says so', () => {
    expect(show(message({ editedAt: 5 })).article.textContent).toContain('edited');
  });

  test('in a group the sender is named at the head of a run', () => {
    expect(show(message(), { group: true }).article.textContent).toContain('Ada Lovelace');
    cleanup();
    expect(show(message(), { group: true, first: false }).article.textContent).not.toContain(
      'Ada Lovelace',
    );
  });

  test('an upload shows its progress and can be stopped', () => {
    const pending = [
      {
        localId: 'l1',
        kind: 'file',
        name: 'a.pdf',
        mediaType: 'application/pdf',
        bytes: 10,
        previewUrl: null,
        progress: 0.5,
      },
    ] as const;
    const { article, calls } = show(mine({ seq: null, status: 'sending', content: '', pending }));
    expect(
      within(article).getByRole('progressbar', { name: 'Uploading a.pdf, 50%' }),
    ).toBeDefined();
    fireEvent.click(within(article).getByRole('button', { name: 'Cancel upload of a.pdf' }));
    expect(calls).toEqual([['cancel', 'l1']]);
  });

  test('an image takes its room before its bytes are there', () => {
    const attachment = {
      fileId: 'f1' as FileId,
      kind: 'image' as const,
      name: 'a.jpg',
      mediaType: 'image/jpeg',
      bytes: 10,
      width: 1_600,
      height: 800,
      thumbhash: null,
    };
    const { article } = show(message({ content: '', type: 'image', attachments: [attachment] }));
    const image = within(article).getByRole('button', { name: 'Open image a.jpg' });
    expect(image.style.getPropertyValue('--natter-image-width')).toBe('360px');
    expect(image.style.getPropertyValue('--natter-image-ratio')).toBe('360 / 180');
  });
});

describe('its buttons', () => {
  const buttons = (article: HTMLElement) => within(article).queryByRole('toolbar');

  test('come when the timeline rests, and stay', async () => {
    const rest = createRest({ isMoving: true });
    const { article } = show(message(), {}, rest);
    expect(buttons(article)).toBeNull();
    await act(async () => rest.stops());
    expect(buttons(article)).not.toBeNull();
    await act(async () => rest.moves());
    expect(buttons(article)).not.toBeNull();
  });

  test('are there at once where the focus can go on to them', () => {
    const { article } = show(message(), { active: true }, createRest({ isMoving: true }));
    expect(buttons(article)).not.toBeNull();
  });
});
