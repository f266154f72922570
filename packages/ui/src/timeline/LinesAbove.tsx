/** Owns what stands above a message or a system line: the day that it opens, and where what is new begins. */
import type { TimelineMessage } from '@natter/client';
import { formatDay } from '../formatting/time.ts';
import { useUi } from '../runtime/UiProvider.tsx';

export interface LinesAboveProps {
  message: TimelineMessage;
  opensDay: boolean;
  opensNew: boolean;
  now: number;
}

export function LinesAbove({ message, opensDay, opensNew, now }: LinesAboveProps) {
  const { texts, locale } = useUi();
  return (
    <>
      {opensDay && (
        <div className="natter-day-line">
          <time dateTime={new Date(message.createdAt).toISOString()}>
            {formatDay(message.createdAt, now, texts, locale)}
          </time>
        </div>
      )}
      {opensNew && <div className="natter-new-line">{texts.timeline.newMessages}</div>}
    </>
  );
}
