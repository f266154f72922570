/** Owns showing what somebody wrote: text as text, line breaks kept, web addresses as links. */
import { useMemo } from 'react';
import { splitLinks } from './links.ts';

export function MessageText({ content, id }: { content: string; id: string }) {
  const parts = useMemo(() => splitLinks(content), [content]);
  return (
    <span className="natter-message-text" id={id} dir="auto">
      {parts.map((part, at) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one content have no other identity.
          <a key={at} href={part.href} target="_blank" rel="noopener noreferrer nofollow">
            {part.text}
          </a>
        ),
      )}
    </span>
  );
}
