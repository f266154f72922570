/**
 * Owns a time on screen: as short as its place needs, and in full for the pointer that comes to it. The full form is
 * made then, since making its format takes longer than drawing a row.
 */
import type { ReactNode } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { formatDateTime } from './time.ts';

export interface MomentProps {
  /** Unix ms. */
  at: number;
  className?: string;
  children: ReactNode;
}

export function Moment({ at, className, children }: MomentProps) {
  const { locale } = useUi();
  return (
    <time
      className={className}
      dateTime={new Date(at).toISOString()}
      onPointerEnter={({ currentTarget }) => {
        currentTarget.title = formatDateTime(at, locale);
      }}
    >
      {children}
    </time>
  );
}
