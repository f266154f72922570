import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { SignIn } from './SignIn.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function show(answer: () => Response) {
  const fetched = vi.fn(async () => answer());
  vi.stubGlobal('fetch', fetched);
  const onSignIn = vi.fn();
  await act(async () => {
    render(
      <StrictMode>
        <SignIn onSignIn={onSignIn} />
      </StrictMode>,
    );
  });
  return { onSignIn, fetched };
}

const people = [{ id: 'ada', name: 'Ada', about: 'Writes' }];

test('one of the demo people can be chosen', async () => {
  const { onSignIn } = await show(() => Response.json(people));
  fireEvent.click(screen.getByRole('button', { name: /^Sign in as Ada/ }));
  expect(onSignIn).toHaveBeenCalledExactlyOnceWith({ kind: 'demo', userId: 'ada', name: 'Ada' });
});

test('without a demo a token is asked for, and why is explained', async () => {
  const { onSignIn } = await show(() => new Response('', { status: 404 }));
  expect(screen.getByText(/no demo people/u)).toBeDefined();
  fireEvent.change(screen.getByLabelText('Token'), { target: { value: ' a.b.c ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(onSignIn).toHaveBeenCalledExactlyOnceWith({ kind: 'token', token: 'a.b.c' });
});

test('a server that cannot be reached can be tried again', async () => {
  let answer = () => new Response('', { status: 503 });
  await show(() => answer());
  answer = () => Response.json(people);
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Try again' })));
  expect(screen.getByRole('button', { name: /^Sign in as Ada/ })).toBeDefined();
});

test('a demo of nobody says so', async () => {
  await show(() => Response.json([]));
  expect(screen.getByText('There are no demo people on this server.')).toBeDefined();
});
