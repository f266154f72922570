/** Owns writing: text and files of a new message, or the new text of one that is being edited. */
import { type ConversationId, limits } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import {
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { useOpenConversation } from '../runtime/openConversation.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { ChosenFiles } from './ChosenFiles.tsx';
import { useAutoHeight } from './useAutoHeight.ts';
import { useChosenFiles } from './useChosenFiles.ts';

export interface ComposerProps {
  /** Left out inside `Conversation`. */
  conversationId?: ConversationId;
  /** What was being written when this conversation was last open, and where to keep it. */
  draft?: string;
  onDraft?: (draft: string) => void;
  /** Puts the focus into the field at once; not where that opens a keyboard on the screen. */
  autoFocus?: boolean;
}

/** From here on the composer tells how many characters are left. */
export const tellLeftBelow = 500;

export function Composer(props: ComposerProps) {
  const { id } = useOpenConversation(props.conversationId);
  return <KeyedComposer key={id} {...props} conversationId={id} />;
}

function KeyedComposer({
  conversationId,
  draft: kept = '',
  onDraft,
  autoFocus = false,
}: ComposerProps & { conversationId: ConversationId }) {
  const { editing, endEdit: onEditEnd, editLast, composer } = useOpenConversation(conversationId);
  const { texts } = useUi();
  const client = useChatClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const [draft, setDraft] = useState(kept);
  const [edited, setEdited] = useState('');
  const { files, problem, add, remove, clear } = useChosenFiles();

  const text = editing === null ? draft : edited;
  const left = limits.contentCharactersMax - text.trim().length;
  const ready = left >= 0 && (text.trim() !== '' || (editing === null && files.length > 0));
  useAutoHeight(field, text);
  useImperativeHandle(composer, () => ({ addFiles: add, focus: () => field.current?.focus() }), [
    add,
  ]);

  const editingId = editing?.id ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: later changes of the message do not undo what is being typed.
  useEffect(() => {
    if (editing === null) return;
    setEdited(editing.content);
    field.current?.focus();
  }, [editingId]);

  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);

  useEffect(() => () => client.typing(conversationId).stopped(), [client, conversationId]);

  function change(value: string) {
    if (editing !== null) return setEdited(value);
    setDraft(value);
    onDraft?.(value);
    const typing = client.typing(conversationId);
    if (value.trim() === '') typing.stopped();
    else typing.started();
  }

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!ready) return;
    const messages = client.messages(conversationId);
    const content = text.trim();
    if (editing !== null) {
      // A refusal comes back as the message's own `error`, and shows there.
      if (content !== editing.content) messages.edit(editing.id, content).catch(() => {});
      return endEdit();
    }
    messages.send(
      files.length === 0
        ? { content }
        : { content, files: files.map(({ file }) => ({ data: file, name: file.name })) },
    );
    client.typing(conversationId).stopped();
    setDraft('');
    onDraft?.('');
    clear();
    field.current?.focus();
  }

  function endEdit() {
    onEditEnd();
    field.current?.focus();
  }

  function keyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    // While an input method composes, Enter chooses a word.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape' && editing !== null) {
      endEdit();
    } else if (event.key === 'ArrowUp' && editing === null && text === '' && files.length === 0) {
      event.preventDefault();
      editLast();
    }
  }

  return (
    <form className="natter-composer" aria-label={texts.composer.form} onSubmit={submit}>
      {editing !== null && (
        <div className="natter-composer-editing">
          <Icon name="edit" />
          <span>{texts.composer.editing}</span>
          <IconButton icon="close" label={texts.composer.cancelEdit} onClick={endEdit} />
        </div>
      )}
      {editing === null && <ChosenFiles files={files} onRemove={remove} />}
      <div className="natter-composer-hint" id={hintId} aria-live="polite">
        {problem !== null && <span className="natter-composer-problem">{problem}</span>}
        {left < 0 && (
          <span className="natter-composer-problem">{texts.composer.charactersOver(-left)}</span>
        )}
        {left >= 0 && left < tellLeftBelow && <span>{texts.composer.charactersLeft(left)}</span>}
      </div>
      <div className="natter-composer-row">
        {editing === null && (
          <>
            <IconButton
              icon="attach"
              label={texts.composer.attach}
              onClick={() => picker.current?.click()}
            />
            <input
              ref={picker}
              className="natter-visually-hidden"
              type="file"
              multiple
              tabIndex={-1}
              aria-hidden="true"
              onChange={(event) => {
                add([...(event.target.files ?? [])]);
                // Choosing the same file again is a change too.
                event.target.value = '';
              }}
            />
          </>
        )}
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={texts.composer.placeholder}
          aria-label={texts.composer.label}
          aria-describedby={hintId}
          aria-invalid={left < 0}
          enterKeyHint="send"
          dir="auto"
          onChange={(event) => change(event.target.value)}
          onKeyDown={keyDown}
          onPaste={(event) => {
            const pasted = [...event.clipboardData.files];
            if (pasted.length === 0 || editing !== null) return;
            event.preventDefault();
            add(pasted);
          }}
        />
        <button
          type="submit"
          className="natter-send"
          disabled={!ready}
          aria-label={editing === null ? texts.composer.send : texts.composer.save}
          title={editing === null ? texts.composer.send : texts.composer.save}
        >
          <Icon name={editing === null ? 'send' : 'check'} />
        </button>
      </div>
    </form>
  );
}
