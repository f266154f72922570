/** Owns copying: says for a moment that it has worked. */
import { useCallback, useEffect, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';

export const saidForMs = 2_000;

export function useCopy(): { copied: boolean; copy: (text: string) => Promise<void> } {
  const { clock } = useUi();
  const [copied, setCopied] = useState(false);
  useEffect(
    () => (copied ? clock.after(saidForMs, () => setCopied(false)) : undefined),
    [copied, clock],
  );
  const copy = useCallback(async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      // The browser refused; the text can still be selected.
    }
  }, []);
  return { copied, copy };
}
