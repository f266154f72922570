/** Owns writing: text and files of a new message, or the new text of one that is being edited. */
import type { ConversationId } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
} from 'react';
import { useDraft, useDrafts } from '../drafts/useDraft.ts';
import { EmojiButton } from '../emoji/EmojiButton.tsx';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { useOpenConversation } from '../runtime/openConversation.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { AttachButton } from './AttachButton.tsx';
import { ChosenFiles } from './ChosenFiles.tsx';
import { ComposerNotes } from './ComposerNotes.tsx';
import { charactersLeft } from './characters.ts';
import { insertText } from './insertText.ts';
import { useAutoHeight } from './useAutoHeight.ts';
import { useChosenFiles } from './useChosenFiles.ts';
import { useEditing } from './useEditing.ts';
import { isComposing, useEnter } from './useEnter.ts';
import { usePlaceholder } from './waiting.ts';

export interface ComposerProps {
  /** Left out inside `Conversation`. */
  conversationId?: ConversationId;
  /** Puts the focus into the field at once; not where that opens a keyboard on the screen. */
  autoFocus?: boolean;
}

export function Composer(props: ComposerProps) {
  const { id } = useOpenConversation(props.conversationId);
  return <KeyedComposer key={id} {...props} conversationId={id} />;
}

function KeyedComposer({
  conversationId: id,
  autoFocus = false,
}: ComposerProps & { conversationId: ConversationId }) {
  const { editing, endEdit, editLast, composer } = useOpenConversation(id);
  const { texts } = useUi();
  const say = texts.composer;
  const client = useChatClient();
  const drafts = useDrafts();
  const draft = useDraft(id);
  const edit = useEditing(id, editing, endEdit);
  const chosen = useChosenFiles(id);
  const enter = useEnter();
  const placeholder = usePlaceholder();
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const notesId = useId();

  const isEditing = editing !== null;
  const text = isEditing ? edit.text : draft.text;
  const left = charactersLeft(text);
  const fits = left === null || left >= 0;
  const hasFiles = !isEditing && draft.files.length > 0;
  const isReady = fits && (text.trim() !== '' || hasFiles);
  const focus = () => field.current?.focus();
  useAutoHeight(field, text);

  const { add } = chosen;
  useImperativeHandle(composer, () => ({ addFiles: add, focus: () => field.current?.focus() }), [
    add,
  ]);

  const editingId = editing?.id ?? null;
  useEffect(() => {
    if (editingId !== null) field.current?.focus();
  }, [editingId]);

  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);

  useEffect(() => () => client.typing(id).stopped(), [client, id]);

  function change(value: string) {
    if (isEditing) return edit.setText(value);
    drafts.write(id, value);
    edit.forgetLost();
    const typing = client.typing(id);
    if (value.trim() === '') typing.stopped();
    else typing.started();
  }

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (!isReady) return;
    const messages = client.messages(id);
    const content = text.trim();
    if (editing !== null) {
      // A refusal comes back as the message's own `error`, and shows there.
      if (content !== editing.content) messages.edit(editing.id, content).catch(() => {});
      return leaveEdit();
    }
    const files = draft.files.map(({ file }) => ({ data: file, name: file.name }));
    messages.send(files.length === 0 ? { content } : { content, files });
    client.typing(id).stopped();
    drafts.clear(id);
    forgetNotes();
    focus();
  }

  function leaveEdit() {
    endEdit();
    focus();
  }

  function forgetNotes() {
    chosen.forgetRefusals();
    edit.forgetLost();
  }

  function keyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    const { nativeEvent: key } = event;
    if (isComposing(key)) return;
    if (enter.sends(key)) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape' && isEditing) {
      event.stopPropagation();
      leaveEdit();
    } else if (event.key === 'ArrowUp' && !isEditing && text === '' && !hasFiles) {
      event.preventDefault();
      editLast();
    }
  }

  function paste(event: ClipboardEvent) {
    const pasted = [...event.clipboardData.files];
    // Text that comes with a picture of itself, as from a spreadsheet, is meant as text.
    if (pasted.length === 0 || isEditing || event.clipboardData.getData('text/plain') !== '')
      return;
    event.preventDefault();
    add(pasted);
  }

  return (
    <form className="natter-composer" aria-label={say.form} onSubmit={submit}>
      {editing !== null && (
        <div className="natter-composer-editing">
          <Icon name="edit" />
          <span className="natter-composer-edited">
            <strong>{say.editing}</strong>
            <span dir="auto">{editing.content}</span>
          </span>
          <IconButton icon="close" label={say.cancelEdit} onClick={leaveEdit} />
        </div>
      )}
      {!isEditing && (
        <ChosenFiles
          files={draft.files}
          onRemove={chosen.remove}
          onMove={chosen.move}
          onEmptied={focus}
        />
      )}
      <ComposerNotes
        id={notesId}
        left={left}
        refusals={chosen.refusals}
        filesMissing={isEditing ? 0 : draft.filesMissing}
        lost={edit.lost}
        onDismiss={() => {
          if (draft.filesMissing > 0) drafts.choose(id, draft.files);
          forgetNotes();
          focus();
        }}
      />
      <div className="natter-composer-row">
        {!isEditing && (
          <>
            <AttachButton onClick={() => picker.current?.click()} />
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
                focus();
              }}
            />
          </>
        )}
        <textarea
          ref={field}
          rows={1}
          value={text}
          placeholder={placeholder}
          aria-label={say.label}
          aria-describedby={notesId}
          aria-invalid={!fits}
          enterKeyHint={enter.hint}
          spellCheck
          dir="auto"
          onChange={(event) => change(event.target.value)}
          onKeyDown={keyDown}
          onPaste={paste}
        />
        <EmojiButton
          onPick={(emoji) => {
            if (field.current !== null) insertText(field.current, emoji);
          }}
        />
        <button
          type="submit"
          className="natter-send"
          disabled={!isReady}
          aria-label={isEditing ? say.save : say.send}
          title={isEditing ? say.save : say.send}
          // The field keeps the focus, and a phone its keyboard.
          onPointerDown={(event) => event.preventDefault()}
        >
          <Icon name={isEditing ? 'check' : 'send'} />
        </button>
      </div>
    </form>
  );
}
