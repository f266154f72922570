/** Owns one system line on screen: what changed in the group, said in one sentence. */
import { useMe } from '@natter/react';
import { formatDateTime } from '../formatting/time.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { LinesAbove, type LinesAboveProps } from './LinesAbove.tsx';
import { systemText } from './systemText.ts';

export interface SystemRowProps extends LinesAboveProps {
  /** It was asked for, and is shown as such for a moment. */
  flash: boolean;
  tabIndex: number;
}

export function SystemRow({ flash, tabIndex, ...above }: SystemRowProps) {
  const { message } = above;
  const { texts, locale } = useUi();
  const me = useMe()?.userId ?? null;
  const textId = `natter-text-${message.id}`;
  return (
    <div className="natter-timeline-row" data-flash={flash}>
      <LinesAbove {...above} />
      <article
        className="natter-system-line"
        data-message-id={message.id}
        title={formatDateTime(message.createdAt, locale)}
        aria-labelledby={textId}
        tabIndex={tabIndex}
      >
        <span id={textId}>{systemText(message, { me, texts, locale })}</span>
      </article>
    </div>
  );
}
