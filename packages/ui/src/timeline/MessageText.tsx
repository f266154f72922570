/** Owns showing what somebody wrote: text as text, line breaks kept, web addresses as links. */
import { useMemo } from 'react';
import { splitLinks } from './links.ts';

export interface MessageTextProps {
  content: string;
  id: string;
  tabIndex: number;
}

export function MessageText({ content, id, tabIndex }: MessageTextProps) {
  const parts = useMemo(() => splitLinks(content), [content]);
  return (
    <span className="natter-message-text" id={id} dir="auto">
      {parts.map((part, at) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one content have no other identity.
            key={at}
            href={part.href}
            tabIndex={tabIndex}
            target="_blank"
            rel="noopener noreferrer nofollow"
          >
            {part.text}
          </a>
        ),
      )}
    </span>
  );
}
