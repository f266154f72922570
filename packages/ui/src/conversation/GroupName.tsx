/** Owns changing a group's name. */
import type { ConversationItem } from '@natter/client';
import { limits } from '@natter/protocol';
import { type FormEvent, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';

export function GroupName({
  item,
  onRename,
}: {
  item: ConversationItem;
  onRename: (name: string) => void;
}) {
  const { texts } = useUi();
  const [name, setName] = useState(item.title);
  const changed = name.trim() !== '' && name.trim() !== item.title;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (changed) onRename(name.trim());
  }

  return (
    <form className="natter-group-name" onSubmit={submit}>
      <label className="natter-field">
        <span>{texts.newConversation.groupName}</span>
        <input
          type="text"
          value={name}
          maxLength={limits.nameCharactersMax}
          autoComplete="off"
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="natter-button" disabled={!changed}>
        {texts.conversation.rename}
      </button>
    </form>
  );
}
