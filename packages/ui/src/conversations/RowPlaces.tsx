/** Owns the list's items: a screen reader is told how many there are, though only those in view are drawn. */
import type { ConversationItem } from '@natter/client';
import { createContext, use } from 'react';
import type { CustomItemComponentProps } from 'virtua';

export interface RowPlaces {
  rows: readonly ConversationItem[];
  /** More than are loaded: their number is not known. */
  hasMore: boolean;
}

export const RowPlacesContext = createContext<RowPlaces>({ rows: [], hasMore: false });

export function RowPlace({ style, index, children, ref }: CustomItemComponentProps) {
  const { rows, hasMore } = use(RowPlacesContext);
  return (
    <li
      ref={ref}
      style={style}
      className="natter-conversation-item"
      data-conversation-id={rows[index]?.conversation.id}
      data-place={index}
      aria-posinset={index + 1}
      aria-setsize={hasMore ? -1 : rows.length}
    >
      {children}
    </li>
  );
}
