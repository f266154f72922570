/** Owns whether an element has come near what is seen: what a long list loads only then. Once near, it stays so. */
import { type RefObject, useEffect, useState } from 'react';

/** Before it is seen, so that scrolling does not show what is missing. */
const margin = '400px';

/** Looks after it only while it is wanted. */
export function useNear(element: RefObject<Element | null>, isWanted: boolean): boolean {
  const [isNear, setNear] = useState(!('IntersectionObserver' in globalThis));
  useEffect(() => {
    if (isNear || !isWanted || element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)),
      // Of what scrolls as well: lists do, not the page.
      { rootMargin: margin, scrollMargin: margin },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element, isNear, isWanted]);
  return isNear;
}
