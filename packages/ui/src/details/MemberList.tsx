/** Owns the list of members: only those in view are drawn, more are asked for near the end, and one can be looked for. */
import { limits, type Member, type Role } from '@natter/protocol';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { Notice } from '../dialogs/Notice.tsx';
import { Spinner } from '../dialogs/Spinner.tsx';
import { Icon } from '../icons/Icon.tsx';
import { matchScore } from '../matching/match.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { errorText } from '../texts/errorText.ts';
import { MemberCountContext, MemberPlace } from './MemberPlaces.tsx';
import { type MemberChange, MemberRow } from './MemberRow.tsx';
import { inOrder } from './memberPages.ts';
import type { Members } from './useMembers.ts';

export interface MemberListProps {
  members: Members;
  /** As the conversation tells it; those that are here may be fewer. */
  memberCount: number;
  myRole: Role;
  /** What scrolls, and what of it lies above the list. */
  scroller: RefObject<HTMLDivElement | null>;
  above: RefObject<HTMLDivElement | null>;
  /** Beside the heading. */
  children?: ReactNode;
  onChange: (change: MemberChange) => void;
}

/** Fewer are seen at a glance. */
const searchFrom = 8;
/** So many rows before the end, what follows is asked for. */
const aheadRows = 20;
/** A search goes through so many more by itself. */
const searchedMax = 1_000;

export function MemberList(props: MemberListProps) {
  const { members, memberCount, myRole, scroller, above, children, onChange } = props;
  const { texts, locale } = useUi();
  const say = texts.details;
  const [query, setQuery] = useState('');
  const rows = inOrder(members, locale).filter(({ name }) => matchScore(name, query) !== null);
  const list = useRef<VirtualizerHandle>(null);
  const margin = useHeight(above);
  const search = useFurtherSearch(members, query.trim());
  const isLastOwner = (member: Member) =>
    member.role === 'owner' &&
    !members.members.some(({ role, userId }) => role === 'owner' && userId !== member.userId);

  function nearEnd(): void {
    const handle = list.current;
    if (handle === null || query.trim() !== '') return;
    const last = handle.findItemIndex(handle.scrollOffset + handle.viewportSize);
    if (last >= rows.length - aheadRows) members.more();
  }

  return (
    <section className="natter-members" aria-label={say.members}>
      <div ref={above}>
        <div className="natter-members-head">
          <h4>{say.members}</h4>
          <span className="natter-members-count">{texts.conversation.members(memberCount)}</span>
          {children}
        </div>
        {memberCount > searchFrom && (
          <div className="natter-search">
            <Icon name="search" />
            <input
              type="text"
              inputMode="search"
              enterKeyHint="search"
              value={query}
              maxLength={limits.nameCharactersMax}
              placeholder={say.search}
              aria-label={say.search}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setQuery(event.target.value)}
            />
          </div>
        )}
        <p className="natter-visually-hidden" role="status">
          {query.trim() !== '' && !search.isSearching && say.found(rows.length)}
        </p>
      </div>
      {rows.length > 0 && (
        <MemberCountContext value={query.trim() === '' ? memberCount : rows.length}>
          <Virtualizer
            ref={list}
            scrollRef={scroller}
            startMargin={margin}
            as="ul"
            item={MemberPlace}
            data={rows}
            onScroll={nearEnd}
          >
            {(member: Member) => (
              <MemberRow
                key={member.userId}
                member={member}
                myRole={myRole}
                isLastOwner={isLastOwner(member)}
                onChange={onChange}
              />
            )}
          </Virtualizer>
        </MemberCountContext>
      )}
      <ListEnd members={members} found={rows.length} query={query.trim()} search={search} />
    </section>
  );
}

interface FurtherSearch {
  isSearching: boolean;
  /** There are more that were not looked at. */
  further: (() => void) | null;
}

/** Goes through the pages that are not here, up to a bound; then asks whether to go on. */
function useFurtherSearch({ members, next, error, more }: Members, query: string): FurtherSearch {
  const [until, setUntil] = useState(searchedMax);
  const isAllowed = query !== '' && members.length < until;
  const isSearching = isAllowed && next !== null && error === null;
  useEffect(() => {
    if (isSearching) more();
  }, [isSearching, more]);
  const further = () => setUntil(members.length + searchedMax);
  return { isSearching, further: query !== '' && next !== null && !isSearching ? further : null };
}

function ListEnd(props: { members: Members; found: number; query: string; search: FurtherSearch }) {
  const { members, found, query, search } = props;
  const ui = useUi();
  const say = ui.texts.details;
  if (members.error !== null)
    return (
      <Notice icon="alert" title={say.failed} hint={errorText(members.error, ui)} failure>
        <button type="button" className="natter-button" onClick={members.retry}>
          {ui.texts.common.retry}
        </button>
      </Notice>
    );
  if (members.state === 'loading' || search.isSearching || (query === '' && members.next !== null))
    return <Spinner label={ui.texts.common.loading} />;
  return (
    <>
      {found === 0 && query !== '' && <p className="natter-members-none">{say.noneFits(query)}</p>}
      {search.further !== null && (
        <button type="button" className="natter-button" onClick={search.further}>
          {say.searchFurther}
        </button>
      )}
    </>
  );
}

/** Of everything up to the end of this element, within what scrolls. */
function useHeight(element: RefObject<HTMLDivElement | null>): number {
  const [height, setHeight] = useState(0);
  useEffect(() => {
    const box = element.current;
    const around = box?.offsetParent;
    if (box === null || !around) return;
    const measure = () => setHeight(box.offsetTop + box.offsetHeight);
    measure();
    const observer = new ResizeObserver(measure);
    // What stands before it in the same column moves it.
    for (const each of [box, ...(around.children ?? [])]) observer.observe(each);
    return () => observer.disconnect();
  }, [element]);
  return height;
}
