/** Owns signing in with a token of the host application. */
import { limits } from '@natter/protocol';
import { type FormEvent, useId, useState } from 'react';
import type { Session } from '../session.ts';
import { useTexts } from '../texts/language.ts';

export function TokenForm({ onSignIn }: { onSignIn: (session: Session) => void }) {
  const texts = useTexts();
  const [token, setToken] = useState('');
  const hintId = useId();
  const trimmed = token.trim();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (trimmed !== '') onSignIn({ kind: 'token', token: trimmed });
  }

  return (
    <form className="app-token" onSubmit={submit}>
      <h2>{texts.signIn.tokenTitle}</h2>
      <p id={hintId}>{texts.signIn.tokenHint}</p>
      <label className="natter-field">
        <span>{texts.signIn.token}</span>
        <input
          type="password"
          value={token}
          maxLength={limits.tokenCharactersMax}
          autoComplete="off"
          aria-describedby={hintId}
          onChange={(event) => setToken(event.target.value)}
        />
      </label>
      <button
        type="submit"
        className="natter-button natter-button-primary"
        disabled={trimmed === ''}
      >
        {texts.signIn.tokenSubmit}
      </button>
    </form>
  );
}
