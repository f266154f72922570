/**
 * Owns the list of conversations: only what is in view is drawn, further pages come as one nears the end, and rows stand
 * still under a hand. Order and contents are the client's.
 */
import type { ConversationItem } from '@natter/client';
import { type ConversationId, limits } from '@natter/protocol';
import { useChatClient, useConversations } from '@natter/react';
import {
  type KeyboardEvent,
  type RefObject,
  startTransition,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { Menu } from '../menus/Menu.tsx';
import { afterPaint } from '../runtime/afterPaint.ts';
import { useNow, useUi } from '../runtime/UiProvider.tsx';
import { ConversationRow } from './ConversationRow.tsx';
import { fits, type Question } from './fits.ts';
import { ListTools } from './ListTools.tsx';
import { ListEnd, ListState } from './listStates.tsx';
import { RowPlace, RowPlacesContext } from './RowPlaces.tsx';
import { useActiveConversation } from './useActiveConversation.ts';
import { useHold } from './useHold.ts';
import { useMute } from './useMute.ts';
import { usePresses } from './usePresses.ts';
import { useStanding } from './useStanding.ts';
import { useVisiblePeers } from './useVisiblePeers.ts';

export interface ConversationListProps {
  selectedId: ConversationId | null;
  onSelect: (id: ConversationId) => void;
  onNew?: () => void;
  /** Offered with what was typed when no conversation fits it. */
  onSearchPeople?: (query: string) => void;
  /** Shown as muted. */
  mutedIds?: ReadonlySet<ConversationId>;
  /** Offers muting; whoever gives it keeps what is muted. */
  onMute?: (id: ConversationId, muted: boolean) => void;
}

const everything: Question = { text: '', unreadOnly: false };
const nobody: ReadonlySet<ConversationId> = new Set();
/** Within so many rows of the end the next page is asked for. */
const nearEnd = 15;
/** Half of what one connection may watch: the rest is for what is open, and for the list while it reorders. */
const typingRowsMax = limits.watchedConversationsMax / 2;

/** About what a row takes: what is drawn before one was measured goes by it. */
const rowPixels = 64;
/** Around those on screen; they come once those are there. */
const bufferPixels = 400;

export function ConversationList({
  selectedId,
  onSelect,
  onNew,
  onSearchPeople,
  mutedIds = nobody,
  onMute,
}: ConversationListProps) {
  const { texts } = useUi();
  const { conversations } = useChatClient();
  const snapshot = useConversations();
  const { items, state, error, hasMore, loadingMore } = snapshot;
  const now = useNow(60_000);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [question, setQuestion] = useState(everything);
  const narrowed = question.text.trim() !== '' || question.unreadOnly;

  const live = useMemo(() => fits(items, question, selectedId), [items, question, selectedId]);
  const hold = useHold();
  const { rows, meantAt } = useStanding(live, JSON.stringify(question), hold, list);
  const active = useActiveConversation(rows, selectedId, scroller, list);
  const view = useView(list, rows.length);
  useVisiblePeers(rows, view);
  const { menu, openMenu, closeMenu, menuItems, toggleMute } = useMute(rows, mutedIds, onMute);
  const presses = usePresses({ rows, meantAt, onSelect, touch: hold.touch, openMenu });

  const more = hasMore && !loadingMore && error === null && !narrowed;
  const isNearEnd = view.to >= rows.length - nearEnd;
  useEffect(() => {
    if (more && isNearEnd && rows.length > 0) conversations.loadMore();
  }, [more, isNearEnd, rows.length, conversations]);

  function change(next: Question) {
    setQuestion(next);
    list.current?.scrollTo(0);
  }

  function onKeyDown(event: KeyboardEvent) {
    hold.touch();
    const row = rows[active.activeAt];
    if (event.key === 'm' && !event.ctrlKey && !event.metaKey && !event.altKey && row !== undefined)
      toggleMute(row.conversation.id);
    else active.onKeyDown(event);
  }

  const places = useMemo(() => ({ rows, hasMore }), [rows, hasMore]);
  const buffer = useBuffer(rows.length > 0);
  const unread = question.unreadOnly || items.some(({ unreadCount }) => unreadCount > 0);

  return (
    <nav
      className="natter-conversation-list"
      aria-label={texts.conversations.label}
      aria-busy={state === 'loading'}
    >
      {items.length > 0 && (
        <ListTools
          question={question}
          onChange={change}
          offersUnread={unread}
          found={narrowed ? rows.length : null}
          onLeave={() => active.focusAt(0)}
          onEnter={() => {
            const [first] = rows;
            if (first !== undefined && narrowed) onSelect(first.conversation.id);
          }}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears what its rows, which are buttons, are told. */}
      <div
        ref={scroller}
        className="natter-conversation-scroller"
        {...presses.handlers}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          hold.touch({ focus: true });
          active.onFocus(event);
        }}
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) hold.touch({ focus: false });
        }}
      >
        {rows.length > 0 && (
          <RowPlacesContext value={places}>
            <Virtualizer
              ref={list}
              scrollRef={scroller}
              as="ul"
              item={RowPlace}
              data={rows}
              itemSize={rowPixels}
              bufferSize={buffer}
              keepMounted={[active.activeAt]}
              onScroll={view.onScroll}
              onScrollEnd={view.look}
              onResize={view.look}
            >
              {(item: ConversationItem, at: number) => (
                <ConversationRow
                  key={item.conversation.id}
                  item={item}
                  selected={item.conversation.id === selectedId}
                  active={at === active.activeAt}
                  muted={mutedIds.has(item.conversation.id)}
                  tellsTyping={at >= view.from && at < view.from + typingRowsMax}
                  now={now}
                  onSelect={presses.select}
                />
              )}
            </Virtualizer>
          </RowPlacesContext>
        )}
        <ListState
          snapshot={snapshot}
          narrowed={narrowed}
          found={rows.length}
          query={question.text.trim()}
          onNew={onNew}
          onSearchPeople={onSearchPeople}
          onAll={() => change(everything)}
        />
        {items.length > 0 && <ListEnd snapshot={snapshot} narrowed={narrowed} />}
      </div>
      {menu !== null && (
        <Menu label={menu.title} items={menuItems} anchor={menu.anchor} onClose={closeMenu} />
      )}
    </nav>
  );
}

/** Which rows are in view: told when scrolling rests, and on the way only that the end is near. */
function useView(list: RefObject<VirtualizerHandle | null>, count: number) {
  const [view, setView] = useState({ from: 0, to: Math.min(count, 12) });
  const look = useCallback(() => {
    const handle = list.current;
    if (handle === null) return;
    const from = handle.findItemIndex(handle.scrollOffset);
    const to = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    setView((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, [list]);
  const onScroll = useCallback(
    (offset: number) => {
      const handle = list.current;
      if (handle === null) return;
      const to = handle.findItemIndex(offset + handle.viewportSize);
      if (to >= count - nearEnd) look();
    },
    [list, count, look],
  );
  return { ...view, look, onScroll };
}

function useBuffer(isShown: boolean): number {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    if (!isShown || isPainted) return undefined;
    return afterPaint(() => startTransition(() => setPainted(true)));
  }, [isShown, isPainted]);
  return isPainted ? bufferPixels : 0;
}
