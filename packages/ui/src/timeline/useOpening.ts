/** Owns getting to where a conversation opens, and to a message that is asked for later; says so when that fails. */
import type { Messages, MessagesSnapshot } from '@natter/client';
import { unreachable } from '@natter/protocol';
import { useConnectionStatus } from '@natter/react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { decideOpening } from './opening.ts';
import type { TimelineRow } from './rows.ts';
import type { TimelineScroll } from './useTimelineScroll.ts';

/** A message of this conversation that is to be shown. Another object asks again. */
export interface OpenAt {
  seq: number;
}

interface Wanted {
  seq: number;
  /** The first message there is serves as well: nobody asked for this one. */
  start: boolean;
}

export interface OpeningPorts {
  history: Messages;
  snapshot: MessagesSnapshot;
  newAfterSeq: number | null;
  openAt: OpenAt | null;
  scroll: Pick<TimelineScroll, 'toRow' | 'isSettled'>;
  focus(id: string): void;
}

export interface OpeningState {
  /** Why the message that was asked for does not show. */
  trouble: 'missing' | 'unreachable' | null;
  /** Nothing is to be shown or read yet: where to open is on its way. */
  hiding: boolean;
  /** The message that was asked for, while it stands out. */
  flashId: string | null;
  toMessage: (seq: number) => void;
  toStart: () => void;
}

/** How long the message that was asked for stands out, and how long is said that it is not there. */
const flashMs = 2_400;
const troubleMs = 6_000;

export function useOpening(
  rows: readonly TimelineRow[],
  { history, snapshot, newAfterSeq, openAt, scroll, focus }: OpeningPorts,
): OpeningState {
  const [asked, setAsked] = useState(openAt);
  const [wanted, setWanted] = useState<Wanted | null>(() => wish(openAt));
  const [trouble, setTrouble] = useState<OpeningState['trouble']>(null);
  const [flashId, setFlashId] = useState<string | null>(null);
  const [placed, setPlaced] = useState(false);
  const atUnread = useRef(false);
  const fetching = useRef<number | null>(null);
  const isConnected = useConnectionStatus().status === 'connected';
  const { hasBefore, hasAfter } = snapshot;
  const ready = snapshot.state === 'ready';
  const { toRow, isSettled } = scroll;

  if (asked !== openAt) {
    setAsked(openAt);
    if (openAt !== null) setWanted(wish(openAt));
  }

  const fetchAround = useCallback(
    (seq: number, then: (found: 'here' | 'missing' | 'unreachable') => void) => {
      if (fetching.current === seq) return;
      fetching.current = seq;
      history.loadAround(seq).then(() => {
        fetching.current = null;
        const { messages, error, pagingError } = history.getSnapshot();
        const isHere = messages.some((message) => message.seq === seq);
        then(isHere ? 'here' : error === null && pagingError === null ? 'missing' : 'unreachable');
      });
    },
    [history],
  );

  const opening = decideOpening({
    rows,
    ready,
    hasBefore,
    hasAfter,
    wantedSeq: wanted?.seq ?? null,
    newAfterSeq,
    settled: isSettled(),
    atUnread: atUnread.current,
  });
  const { kind } = opening;
  const at = 'at' in opening ? opening.at : -1;
  const around = 'around' in opening ? opening.around : 0;
  const row = rows[at]?.message ?? null;

  useLayoutEffect(() => {
    switch (kind) {
      case 'message':
        if (row === null) return;
        toRow(row.id, wanted?.start ? 'start' : 'center');
        if (!wanted?.start) setFlashId(row.id);
        setTrouble(null);
        setWanted(null);
        focus(row.id);
        break;
      case 'unread':
        if (row === null) return;
        atUnread.current = true;
        toRow(row.id, 'start');
        break;
      case 'fetch':
        if (wanted === null) {
          fetchAround(around, (found) => {
            if (found === 'here') return;
            atUnread.current = true;
            setPlaced(true);
          });
          return;
        }
        // Offline, what is kept is all there is; the connection that comes looks again.
        if (!isConnected) {
          setTrouble('unreachable');
          break;
        }
        fetchAround(around, (found) => {
          if (found === 'here') return;
          const first = history.getSnapshot().messages[0]?.seq ?? null;
          const goesOn = wanted.start && found === 'missing' && first !== null;
          setWanted(goesOn ? { seq: first, start: true } : null);
          if (!goesOn) setTrouble(found);
        });
        return;
      case 'end':
      case 'stay':
        break;
      default:
        unreachable(kind);
    }
    if (ready) setPlaced(true);
  }, [kind, row, around, ready, wanted, isConnected, toRow, focus, fetchAround, history]);

  useClearing(flashId, setFlashId, flashMs);
  // While it is still wanted, the line stays: a connection that comes looks again.
  useClearing(wanted === null ? trouble : null, setTrouble, troubleMs);

  return {
    trouble,
    hiding: !placed && opening.kind === 'fetch',
    flashId,
    toMessage: useCallback((seq: number) => setWanted({ seq, start: false }), []),
    toStart: useCallback(() => setWanted({ seq: 1, start: true }), []),
  };
}

function wish(openAt: OpenAt | null): Wanted | null {
  return openAt === null ? null : { seq: openAt.seq, start: false };
}

function useClearing(value: string | null, set: (value: null) => void, ms: number): void {
  const { clock } = useUi();
  useEffect(() => {
    if (value === null) return;
    return clock.after(ms, () => set(null));
  }, [clock, value, set, ms]);
}
