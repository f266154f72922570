/** Owns telling screen readers what others have just written. The list itself is silent, since scrolling fills it too. */
import type { TimelineMessage } from '@natter/client';
import { useEffect, useRef, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { newestSeq } from './rows.ts';

export function Announcer({
  messages,
  ready,
}: {
  messages: readonly TimelineMessage[];
  ready: boolean;
}) {
  const { texts } = useUi();
  const heard = useRef<number | null>(null);
  const [text, setText] = useState('');

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
      .map(({ senderName, content, attachments }) =>
        texts.timeline.announce(
          senderName,
          content === '' ? (attachments[0]?.name ?? '') : content,
        ),
      );
    if (lines.length > 0) setText(lines.join('\n'));
  }, [messages, ready, texts]);

  return (
    <div className="natter-visually-hidden" aria-live="polite">
      {text}
    </div>
  );
}
