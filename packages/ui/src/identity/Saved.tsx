/** Owns saying that a change was saved: for a moment to the eye, once to a screen reader. */
import { useCallback, useEffect, useState } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

const savedShownMs = 4_000;

/** How often something was saved, and what to call when it was. */
export function useSaved(): { count: number; onSaved: () => void } {
  const [count, setCount] = useState(0);
  return { count, onSaved: useCallback(() => setCount((n) => n + 1), []) };
}

export function Saved({ count }: { count: number }) {
  const { texts, clock } = useUi();
  const [shown, setShown] = useState(0);
  useEffect(() => clock.after(savedShownMs, () => setShown(count)), [clock, count]);
  return (
    <p className="natter-saved" role="status">
      {count > shown && (
        <span key={count}>
          <Icon name="check" />
          {texts.identity.saved}
        </span>
      )}
    </p>
  );
}
