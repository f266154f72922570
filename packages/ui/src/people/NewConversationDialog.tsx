/** Owns beginning a conversation: with one person, or a named group. */
import {
  type ConversationId,
  type ErrorBody,
  limits,
  type User,
  type UserId,
} from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../dialogs/Dialog.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';
import { PeoplePicker } from './PeoplePicker.tsx';
import { errorBody } from './usePeople.ts';

export interface NewConversationDialogProps {
  onClose: () => void;
  onCreated: (id: ConversationId) => void;
}

export function NewConversationDialog({ onClose, onCreated }: NewConversationDialogProps) {
  const ui = useUi();
  const { texts } = ui;
  const { conversations } = useChatClient();
  const say = texts.newConversation;
  const [kind, setKind] = useState<'direct' | 'group'>('direct');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlyMap<UserId, User>>(new Map());
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorBody | null>(null);

  async function create(begin: () => Promise<ConversationId>) {
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      onCreated(await begin());
    } catch (cause) {
      setError(errorBody(cause));
      setBusy(false);
    }
  }

  function pick(user: User) {
    if (kind === 'direct') return void create(() => conversations.createDirect(user.id));
    setChosen((before) => toggle(before, user));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!complete) return;
    void create(() =>
      conversations.createGroup({ name: name.trim(), userIds: [...chosen.keys()] }),
    );
  }

  const complete = kind === 'group' && name.trim() !== '' && chosen.size > 0 && !busy;
  return (
    <Dialog title={say.title} onClose={onClose}>
      <form className="natter-new-conversation" onSubmit={submit}>
        <fieldset className="natter-segments">
          <legend className="natter-visually-hidden">{say.kind}</legend>
          {(['direct', 'group'] as const).map((each) => (
            <label key={each}>
              <input
                type="radio"
                name="kind"
                checked={kind === each}
                onChange={() => setKind(each)}
              />
              <span>{say[each]}</span>
            </label>
          ))}
        </fieldset>
        {kind === 'group' && (
          <label className="natter-field">
            <span>{say.groupName}</span>
            <input
              type="text"
              dir="auto"
              value={name}
              maxLength={limits.nameCharactersMax}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          </label>
        )}
        <PeoplePicker chosen={kind === 'group' ? chosen : null} onPick={pick} disabled={busy} />
        {error !== null && (
          <p className="natter-form-error" role="alert">
            {say.failed} {errorText(error, ui)}
          </p>
        )}
        {kind === 'group' && (
          <footer className="natter-dialog-footer">
            <span className="natter-dialog-count" aria-live="polite">
              {chosen.size > 0 && say.chosen(chosen.size)}
            </span>
            <button
              type="submit"
              className="natter-button natter-button-primary"
              disabled={!complete}
            >
              {busy ? say.creating : say.create}
            </button>
          </footer>
        )}
      </form>
    </Dialog>
  );
}

/** The set with `user` put in, or taken out; no larger than one call may name. */
export function toggle(chosen: ReadonlyMap<UserId, User>, user: User): ReadonlyMap<UserId, User> {
  const next = new Map(chosen);
  if (next.delete(user.id)) return next;
  return next.size >= limits.membersPerRequestMax ? chosen : next.set(user.id, user);
}
