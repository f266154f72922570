/**
 * Owns telling screen readers what others have just written. The list itself is silent, since scrolling fills it too.
 * Many at once are counted, not read: somebody who listens must be able to go on.
 */
import type { TimelineMessage } from '@natter/client';
import { useEffect, useRef, useState } from 'react';
import { contentText } from '../conversations/previewText.ts';
import { useMarkdown } from '../markdown/read.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { newestSeq } from './rows.ts';
import { systemText } from './systemText.ts';

/** What comes within this time of the last announcement is told together. */
export const gatherMs = 1_000;
const readMax = 3;
const charactersMax = 300;

export interface AnnouncerProps {
  messages: readonly TimelineMessage[];
  ready: boolean;
  /** Who listens: "you" in system lines. */
  me?: string | null;
}

export function Announcer({ messages, ready, me = null }: AnnouncerProps) {
  const { texts, locale, clock } = useUi();
  useMarkdown();
  const heardSeq = useRef<number | null>(null);
  const waiting = useRef<string[]>([]);
  const isGathering = useRef(false);
  const endGathering = useRef<(() => void) | null>(null);
  const [told, setTold] = useState<readonly string[]>([]);

  useEffect(() => () => endGathering.current?.(), []);

  useEffect(() => {
    if (!ready) return;
    const newest = newestSeq(messages);
    const from = heardSeq.current;
    heardSeq.current = newest;
    if (from === null || newest <= from) return;
    waiting.current.push(
      ...messages
        .filter(
          ({ seq, isMine, deletedAt }) =>
            seq !== null && seq > from && !isMine && deletedAt === null,
        )
        .map(({ id }) => id),
    );

    function tell(): void {
      isGathering.current = waiting.current.length > 0;
      if (!isGathering.current) return;
      setTold(waiting.current);
      waiting.current = [];
      endGathering.current = clock.after(gatherMs, tell);
    }
    if (!isGathering.current) tell();
  }, [messages, ready, clock]);

  // What was deleted since is nowhere, here neither.
  const lines = messages
    .filter(({ id, deletedAt }) => told.includes(id) && deletedAt === null)
    .map((message) =>
      message.type === 'system'
        ? systemText(message, { me, texts, locale })
        : texts.timeline.announce(message.senderName, shorten(contentText(message, texts))),
    );

  return (
    <div className="natter-visually-hidden" aria-live="polite">
      {told.length > readMax ? texts.timeline.announceMany(told.length) : lines.join('\n')}
    </div>
  );
}

function shorten(text: string): string {
  return text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
}
