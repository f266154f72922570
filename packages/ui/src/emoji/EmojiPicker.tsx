/** Owns choosing an emoji: searched by name, or found by arrow keys; the ones used last are first. Loaded when first opened. */
import {
  type EmojiData,
  type EmojiPickerListProps,
  EmojiPicker as Picker,
  useActiveEmoji,
  useSkinTone,
} from 'frimousse';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { EmojiMemory } from './emojiMemory.ts';
import { plainEmoji, type SkinTone, skinTones } from './skinTone.ts';

export { loadEmoji } from './emojiData.ts';

export interface EmojiPickerProps {
  data: EmojiData;
  memory: EmojiMemory;
  columns: number;
  onPick: (emoji: string, again: boolean) => void;
  onTone: (tone: SkinTone) => void;
}

export function EmojiPicker({ data, memory, columns, onPick, onTone }: EmojiPickerProps) {
  const { texts, language } = useUi();
  const say = texts.emoji;
  const [search, setSearch] = useState('');
  // A pick with Shift leaves it open for the next.
  const again = useRef(false);
  const rtl = language.direction === 'rtl';

  /** The library knows one direction; in the other, left is next. */
  function turnArrows(event: KeyboardEvent) {
    again.current = event.shiftKey;
    if (!rtl || !event.nativeEvent.isTrusted) return;
    const key = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' }[event.key];
    if (key === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true }));
  }

  return (
    <Picker.Root
      className="natter-emoji-picker"
      columns={columns}
      skinTone={memory.tone}
      locale={data.locale}
      resolveEmojiData={() => data}
      onEmojiSelect={({ emoji }) => onPick(emoji, again.current)}
      onKeyDownCapture={turnArrows}
      onPointerDownCapture={(event) => {
        again.current = event.shiftKey;
      }}
    >
      <div className="natter-emoji-search">
        <Icon name="search" />
        <Picker.Search
          aria-label={say.search}
          placeholder={say.search}
          // Of no form: Enter chooses here, and must not send what is being written.
          form=""
          dir="auto"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      {search === '' && memory.recent.length > 0 && (
        <Recent
          emoji={memory.recent.slice(0, columns)}
          data={data}
          onPick={(emoji) => onPick(emoji, again.current)}
        />
      )}
      <Picker.Viewport className="natter-emoji-viewport" tabIndex={0} aria-label={say.all}>
        <Picker.Empty className="natter-emoji-empty">{say.none}</Picker.Empty>
        <Picker.List className="natter-emoji-list" aria-label={say.all} components={parts} />
      </Picker.Viewport>
      <Foot onTone={onTone} />
    </Picker.Root>
  );
}

const parts: NonNullable<EmojiPickerListProps['components']> = {
  CategoryHeader: ({ category, ...props }) => (
    <div {...props} className="natter-emoji-group">
      {category.label}
    </div>
  ),
  // Counted from one, as assistive technology does; the library counts from nought.
  Row: ({ 'aria-rowindex': at = 0, ...props }) => (
    <div {...props} {...{ 'aria-rowindex': at + 1 }} className="natter-emoji-row" />
  ),
  Emoji: ({ emoji, 'aria-colindex': at = 0, ...props }) => (
    <button
      type="button"
      {...props}
      {...{ 'aria-colindex': at + 1 }}
      className="natter-emoji-cell"
      title={emoji.label}
    >
      {emoji.emoji}
    </button>
  ),
};

/** One stop for Tab; arrows go through them. */
function Recent({
  emoji,
  data,
  onPick,
}: {
  emoji: readonly string[];
  data: EmojiData;
  onPick: (emoji: string) => void;
}) {
  const { texts } = useUi();
  const [active, setActive] = useState(0);
  const nameOf = (one: string) =>
    data.emojis.find((each) => plainEmoji(each.emoji) === plainEmoji(one))?.label ?? one;

  function press(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.min(emoji.length - 1, Math.max(0, active + step));
    setActive(next);
    event.currentTarget.querySelectorAll('button').item(next)?.focus();
  }

  return (
    <div
      className="natter-emoji-recent"
      role="toolbar"
      aria-label={texts.emoji.recent}
      onKeyDown={press}
    >
      <span className="natter-emoji-group" aria-hidden="true">
        {texts.emoji.recent}
      </span>
      <span className="natter-emoji-row">
        {emoji.map((each, at) => (
          <button
            key={each}
            type="button"
            className="natter-emoji-cell"
            aria-label={nameOf(each)}
            title={nameOf(each)}
            tabIndex={at === active ? 0 : -1}
            onFocus={() => setActive(at)}
            onClick={() => onPick(each)}
          >
            {each}
          </button>
        ))}
      </span>
    </div>
  );
}

function Foot({ onTone }: { onTone: (tone: SkinTone) => void }) {
  const say = useUi().texts.emoji;
  const active = useActiveEmoji();
  const [tone, setTone, variations] = useSkinTone('✋');
  const now = skinTones.find((each) => each === tone) ?? 'none';
  const next = skinTones[(skinTones.indexOf(now) + 1) % skinTones.length] ?? 'none';

  return (
    <div className="natter-emoji-foot">
      <span className="natter-emoji-name" aria-hidden="true">
        {active !== undefined && (
          <>
            <span>{active.emoji}</span> {active.label}
          </>
        )}
      </span>
      <button
        type="button"
        className="natter-emoji-tone"
        aria-label={say.skinTone(say.tones[now])}
        title={say.skinTone(say.tones[now])}
        onClick={() => {
          setTone(next);
          onTone(next);
        }}
      >
        {variations.find(({ skinTone }) => skinTone === tone)?.emoji}
      </button>
    </div>
  );
}
