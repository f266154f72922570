import type { ConnectionSnapshot } from '@natter/client';
import { NatterError } from '@natter/protocol';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import type { AccountSnapshot, Refused } from '../account.ts';
import { texts } from '../texts/english.ts';
import { SignIn, type SignInProps } from './SignIn.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const say = texts.signIn;
const people = [{ id: 'ada', name: 'Ada', about: 'Writes' }];
const noDemo = () => new Response('', { status: 404 });
const signedOut = { status: 'signedOut', refused: null } as const;

async function show(answer: () => Response, first: SignInProps['now'] = signedOut) {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  );
  const account = { signIn: vi.fn(), leave: vi.fn() };
  const page = (now: SignInProps['now']) => (
    <StrictMode>
      <SignIn account={account} now={now} />
    </StrictMode>
  );
  const { rerender } = await act(async () => render(page(first)));
  return { ...account, become: (now: SignInProps['now']) => act(() => rerender(page(now))) };
}

const field = () => screen.getByLabelText<HTMLInputElement>(say.token);
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });

/** A JWT that nobody signed. */
const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), '-'].map((part) => btoa(part)).join('.');

function entering(
  connection: ConnectionSnapshot,
): Extract<AccountSnapshot, { status: 'entering' }> {
  const client = { connection: { getSnapshot: () => connection, subscribe: () => () => {} } };
  return { status: 'entering', session: { kind: 'token', token: 'a.b.c' }, client } as never;
}

test('one of the demo people can be chosen', async () => {
  const { signIn } = await show(() => Response.json(people));
  fireEvent.click(screen.getByRole('button', { name: /^Sign in as Ada/ }));
  expect(signIn).toHaveBeenCalledExactlyOnceWith({ kind: 'demo', userId: 'ada', name: 'Ada' });
  expect(screen.queryByLabelText(say.token)).toBeNull();
});

test('without a demo a token is asked for, and why is explained', async () => {
  const { signIn } = await show(noDemo);
  expect(screen.getByText(new RegExp(say.tokenOnly))).toBeDefined();
  expect(button(say.tokenSubmit).disabled).toBe(true);
  fireEvent.change(field(), { target: { value: ' a.b.c ' } });
  fireEvent.click(button(say.tokenSubmit));
  expect(signIn).toHaveBeenCalledExactlyOnceWith({ kind: 'token', token: 'a.b.c' });
});

test('a server that cannot be reached can be tried again', async () => {
  let answer = () => new Response('', { status: 503 });
  await show(() => answer());
  answer = () => Response.json(people);
  await act(async () => fireEvent.click(button(say.retry)));
  expect(screen.getByRole('button', { name: /^Sign in as Ada/ })).toBeDefined();
});

test('a demo of nobody says so', async () => {
  await show(() => Response.json([]));
  expect(screen.getByText(say.empty)).toBeDefined();
});

const past = jwt({ sub: 'ada', exp: 1_000 });
const good = jwt({ sub: 'ada' });
const error = (...given: ConstructorParameters<typeof NatterError>) =>
  new NatterError(...given).toBody();

test.each<[string, Refused, string]>([
  ['has ended', { token: good, error: error('tokenExpired', '') }, say.refusals.expired.hint],
  ['had ended before', { token: past, error: null }, say.refusals.expired.hint],
  ['is cut', { token: 'a.b', error: error('unauthenticated', '') }, say.refusals.malformed.hint],
  ['is too long', { token: 'a'.repeat(8_193), error: null }, say.refusals.malformed.hint],
  [
    'is of another key',
    { token: good, error: error('unauthenticated', '') },
    say.refusals.notAccepted.hint,
  ],
  [
    'is of somebody who may not come in',
    { token: good, error: error('forbidden', '') },
    'You are not allowed to do that.',
  ],
])(
  'a token that %s: it says so and what to do, and the field keeps it',
  async (_, refused, hint) => {
    const { signIn } = await show(noDemo, { status: 'signedOut', refused });
    expect(screen.getByRole('alert').textContent).toContain(hint);
    expect(field().value).toBe(refused.token);
    expect(field().getAttribute('aria-invalid')).toBe('true');
    fireEvent.change(field(), { target: { value: 'new.one.here' } });
    fireEvent.click(button(say.tokenSubmit));
    expect(signIn).toHaveBeenCalledExactlyOnceWith({ kind: 'token', token: 'new.one.here' });
  },
);

test('a token that was refused can be mended beside the demo people too', async () => {
  await show(() => Response.json(people), {
    status: 'signedOut',
    refused: { token: good, error: null },
  });
  expect(field().value).toBe(good);
  expect(screen.getByRole('button', { name: /^Sign in as Ada/ })).toBeDefined();
  expect(screen.queryByText(new RegExp(say.tokenOnly))).toBeNull();
});

test('while the server has not answered, it says so when that takes long, and can be given up', async () => {
  const { leave, become } = await show(noDemo, entering({ status: 'connecting' }));
  expect(button(say.entering).disabled).toBe(true);
  expect(screen.queryByText(say.unreachable)).toBeNull();
  await become(entering({ status: 'reconnecting', attempt: 2, retryAt: null, online: true }));
  expect(screen.getByText(say.unreachable)).toBeDefined();
  fireEvent.click(button(say.cancel));
  expect(leave).toHaveBeenCalledOnce();
  await become(signedOut);
  expect(field().value).toBe('a.b.c');
});

test('the token is hidden until it is asked for', async () => {
  await show(noDemo);
  expect(field().type).toBe('password');
  fireEvent.click(button(say.show));
  expect(field().type).toBe('text');
  fireEvent.click(button(say.hide));
  expect(field().type).toBe('password');
});

test('what is in the clipboard can be pasted by a button; what is denied is left alone', async () => {
  const readText = vi.fn(async () => ' a.b.c\n');
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ readText } as unknown as Clipboard);
  await show(noDemo);
  await act(async () => fireEvent.click(button(say.paste)));
  expect(field().value).toBe('a.b.c');
  readText.mockRejectedValue(new DOMException('denied', 'NotAllowedError'));
  await act(async () => fireEvent.click(button(say.paste)));
  expect(field().value).toBe('a.b.c');
  vi.restoreAllMocks();
});
