/** Owns a name and changing it in its place: Enter saves it, Escape leaves it as it was. */
import { type ErrorBody, limits } from '@natter/protocol';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../icons/IconButton.tsx';
import { errorBody } from '../people/usePeople.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';

export interface NameEditorProps {
  name: string;
  /** What the field is called. */
  label: string;
  /** Left out where it cannot be changed. */
  onSave?: ((name: string) => Promise<void>) | undefined;
  onSaved?: () => void;
}

export function NameEditor({ name, label, onSave, onSaved }: NameEditorProps) {
  const { texts } = useUi();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);

  useEffect(() => {
    if (!editing && wasEditing.current) pencil.current?.focus();
    wasEditing.current = editing;
  }, [editing]);

  if (editing && onSave !== undefined)
    return (
      <NameForm
        name={name}
        label={label}
        onSave={onSave}
        onEnd={(saved) => {
          setEditing(false);
          if (saved) onSaved?.();
        }}
      />
    );
  return (
    <div className="natter-name">
      <h3 dir="auto">{name}</h3>
      {onSave !== undefined && (
        <IconButton
          ref={pencil}
          icon="edit"
          label={texts.identity.changeName}
          onClick={() => setEditing(true)}
        />
      )}
    </div>
  );
}

interface NameFormProps {
  name: string;
  label: string;
  onSave: (name: string) => Promise<void>;
  onEnd: (saved: boolean) => void;
}

/** So near to the longest name, it says how much is left. */
const leftShown = 20;

function NameForm({ name, label, onSave, onEnd }: NameFormProps) {
  const ui = useUi();
  const { texts } = ui;
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(name);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);
  const next = text.trim();
  const left = limits.nameCharactersMax - text.length;

  useEffect(() => field.current?.select(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (next === '' || busy) return;
    if (next === name) return onEnd(false);
    setBusy(true);
    setError(null);
    try {
      await onSave(next);
      onEnd(true);
    } catch (cause) {
      setError(errorBody(cause));
      setBusy(false);
    }
  }

  function press(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    // It would close the dialog around.
    event.preventDefault();
    event.stopPropagation();
    onEnd(false);
  }

  return (
    <form className="natter-name-form" aria-busy={busy} onSubmit={submit}>
      <label className="natter-field">
        <span className="natter-visually-hidden">{label}</span>
        <input
          ref={field}
          type="text"
          dir="auto"
          value={text}
          maxLength={limits.nameCharactersMax}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={press}
        />
      </label>
      <p className="natter-form-hint" role="status">
        {left <= leftShown && texts.composer.charactersLeft(left)}
      </p>
      {error !== null && (
        <p className="natter-form-error" role="alert">
          {texts.identity.nameFailed} {errorText(error, ui)}
        </p>
      )}
      <div className="natter-picture-choice">
        <button
          type="button"
          className="natter-button natter-button-small"
          onClick={() => onEnd(false)}
        >
          {texts.common.cancel}
        </button>
        <button
          type="submit"
          className="natter-button natter-button-small natter-button-primary"
          disabled={next === '' || busy}
        >
          {error === null ? texts.identity.save : texts.common.retry}
        </button>
      </div>
    </form>
  );
}
