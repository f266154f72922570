/** Owns signing in with a token of the host application: the field, and what is said when it signs nobody in. */
import { errorText, systemClock, useUi } from '@natter/ui';
import { type FormEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { AccountSnapshot, Refused } from '../account.ts';
import { useTexts } from '../texts/language.ts';
import { kindOf } from './refusal.ts';

export interface TokenFormProps {
  token: string;
  now: Exclude<AccountSnapshot, { status: 'signedIn' }>;
  /** There is no other way in. */
  isOnly: boolean;
  onChange: (token: string) => void;
  onSubmit: (token: string) => void;
  onCancel: () => void;
}

export function TokenForm({ token, now, isOnly, onChange, onSubmit, onCancel }: TokenFormProps) {
  const texts = useTexts();
  const say = texts.signIn;
  const [isShown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const refusalId = useId();
  const trimmed = token.trim();
  const isEntering = now.status === 'entering';
  const refused = now.status === 'signedOut' ? now.refused : null;

  useEffect(() => {
    // Whatever comes next replaces it.
    if (refused !== null) field.current?.select();
  }, [refused]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (trimmed !== '' && !isEntering) onSubmit(trimmed);
  }

  async function paste() {
    // Not granted, or nothing there: it can still be pasted by hand.
    const pasted = await navigator.clipboard.readText().catch(() => '');
    if (pasted !== '') onChange(pasted.trim());
    field.current?.focus();
  }

  return (
    <form className="app-token" onSubmit={submit}>
      <h2>{say.tokenTitle}</h2>
      <p id={hintId}>
        {isOnly && `${say.tokenOnly} `}
        {say.tokenHint}
      </p>
      {refused !== null && <Refusal id={refusalId} refused={refused} />}
      <div className="app-token-field">
        <label className="natter-field">
          <span>{say.token}</span>
          <input
            ref={field}
            type={isShown ? 'text' : 'password'}
            className="app-token-input"
            dir="ltr"
            value={token}
            readOnly={isEntering}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-invalid={refused !== null}
            aria-describedby={refused === null ? hintId : `${refusalId} ${hintId}`}
            onChange={(event) => onChange(event.target.value)}
          />
        </label>
        <div className="app-token-tools">
          {'clipboard' in navigator && 'readText' in navigator.clipboard && (
            <button
              type="button"
              className="natter-button natter-button-small"
              disabled={isEntering}
              onClick={() => void paste()}
            >
              {say.paste}
            </button>
          )}
          <button
            type="button"
            className="natter-button natter-button-small"
            onClick={() => setShown(!isShown)}
          >
            {isShown ? say.hide : say.show}
          </button>
        </div>
      </div>
      <div className="app-token-end">
        <button
          type="submit"
          className="natter-button natter-button-primary"
          disabled={trimmed === '' || isEntering}
        >
          {isEntering ? say.entering : say.tokenSubmit}
        </button>
        {isEntering && (
          <button type="button" className="natter-button" onClick={onCancel}>
            {say.cancel}
          </button>
        )}
      </div>
      <p className="app-token-state" role="status">
        {now.status === 'entering' && <Waiting connection={now.client.connection} />}
      </p>
      <p className="app-token-kept">{say.tokenKept}</p>
    </form>
  );
}

function Refusal({ id, refused }: { id: string; refused: Refused }) {
  const texts = useTexts();
  const ui = useUi();
  const kind = kindOf(refused, systemClock.now());
  const { title, hint } = texts.signIn.refusals[kind];
  return (
    <div className="app-token-refusal" id={id} role="alert">
      <strong>{title}</strong>
      <span>
        {kind === 'other' && refused.error !== null ? errorText(refused.error, ui) : hint}
      </span>
    </div>
  );
}

type Connection = Extract<AccountSnapshot, { status: 'entering' }>['client']['connection'];

/** The first wait is short, and needs no words. */
function Waiting({ connection }: { connection: Connection }) {
  const texts = useTexts();
  const now = useSyncExternalStore(connection.subscribe, connection.getSnapshot);
  if (now.status !== 'reconnecting' || (now.online && now.attempt < 2)) return null;
  return texts.signIn.unreachable;
}
