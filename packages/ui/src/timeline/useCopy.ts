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
    // Where the browser refuses, the text can still be selected.
    if (await write(text)) setCopied(true);
  }, []);
  return { copied, copy };
}

async function write(text: string): Promise<boolean> {
  // Absent from a page of plain http from another machine.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return writeByCommand(text);
  return clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

/** As if the user had pressed the keys for it, with `text` in place of what is selected. */
function writeByCommand(text: string): boolean {
  let isWritten = false;
  const give = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    isWritten = true;
  };
  document.addEventListener('copy', give, { capture: true, once: true });
  try {
    document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', give, { capture: true });
  }
  return isWritten;
}
