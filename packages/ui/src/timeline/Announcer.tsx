/** Owns telling screen readers what others have just written. The list itself is silent, since scrolling fills it too. */
import type { TimelineMessage } from '@natter/client';
import { useEffect, useRef, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { newestSeq } from './rows.ts';

interface Line {
  id: string;
  text: string;
}

export function Announcer({
  messages,
  ready,
}: {
  messages: readonly TimelineMessage[];
  ready: boolean;
}) {
  const { texts } = useUi();
  const heard = useRef<number | null>(null);
  const [heardNow, setHeardNow] = useState<readonly Line[]>([]);

  useEffect(() => {
    if (!ready) return;
    const newest = newestSeq(messages);
    const from = heard.current;
    heard.current = newest;
    if (from === null || newest <= from) return;
    const lines = messages
      .filter(
        ({ seq, isMine, deletedAt }) => seq !== null && seq > from && !isMine && deletedAt === null,
      )
      .slice(-3)
      .map(({ id, senderName, content, attachments }) => ({
        id,
        text: texts.timeline.announce(
          senderName,
          content === '' ? (attachments[0]?.name ?? '') : content,
        ),
      }));
    if (lines.length > 0) setHeardNow(lines);
  }, [messages, ready, texts]);

  // What was deleted since is nowhere, here neither.
  const isGone = ({ id }: Line) =>
    messages.some((message) => message.id === id && message.deletedAt !== null);
  const text = heardNow
    .filter((line) => !isGone(line))
    .map((line) => line.text)
    .join('\n');

  return (
    <div className="natter-visually-hidden" aria-live="polite">
      {text}
    </div>
  );
}
