/** Owns narrowing the list: by what is typed, and to what is unread. */
import type { KeyboardEvent, Ref } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { Question } from './fits.ts';

export interface ListToolsProps {
  question: Question;
  onChange: (question: Question) => void;
  /** Offered only where it would show something, or does already. */
  offersUnread: boolean;
  /** How many are left; null while nothing narrows the list. */
  found: number | null;
  /** Down, to the rows. */
  onLeave: () => void;
  onEnter: () => void;
  ref?: Ref<HTMLInputElement>;
}

export function ListTools(props: ListToolsProps) {
  const { question, onChange, offersUnread, found, onLeave, onEnter, ref } = props;
  const { texts } = useUi();
  const say = texts.conversations;

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape' && question.text !== '') onChange({ ...question, text: '' });
    else if (event.key === 'ArrowDown') onLeave();
    else if (event.key === 'Enter') onEnter();
    else return;
    event.preventDefault();
  }

  return (
    <search className="natter-list-tools">
      <div className="natter-search">
        <Icon name="search" />
        <input
          ref={ref}
          type="search"
          value={question.text}
          maxLength={120}
          placeholder={say.filter}
          aria-label={say.filterLabel}
          autoComplete="off"
          onChange={(event) => onChange({ ...question, text: event.target.value })}
          onKeyDown={onKeyDown}
        />
      </div>
      {offersUnread && (
        <button
          type="button"
          className="natter-list-chip"
          aria-pressed={question.unreadOnly}
          onClick={() => onChange({ ...question, unreadOnly: !question.unreadOnly })}
        >
          {say.unreadOnly}
        </button>
      )}
      <span className="natter-visually-hidden" role="status">
        {found !== null && say.found(found)}
      </span>
    </search>
  );
}
