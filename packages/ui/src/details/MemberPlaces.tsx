/** Owns the list's items: a screen reader is told how many there are, though only those in view are drawn. */
import { createContext, use } from 'react';
import type { CustomItemComponentProps } from 'virtua';

/** How many there are; -1 while it is not known. */
export const MemberCountContext = createContext(-1);

export function MemberPlace({ style, index, children, ref }: CustomItemComponentProps) {
  const count = use(MemberCountContext);
  return (
    <li ref={ref} style={style} aria-posinset={index + 1} aria-setsize={count}>
      {children}
    </li>
  );
}
