/** Owns saving a file: fetched with the token, then handed to the browser under its own name. */
import type { Attachment } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { useState } from 'react';
import type { Clock } from '../runtime/clock.ts';
import { useUi } from '../runtime/UiProvider.tsx';

export type DownloadState =
  | { state: 'idle' }
  /** `share`: how much has come, between 0 and 1. */
  | { state: 'busy'; share: number }
  | { state: 'failed' };

export interface Download {
  status: DownloadState;
  start: () => Promise<void>;
}

export function useDownload({ fileId, name, bytes }: Attachment): Download {
  const { clock } = useUi();
  const { uploads } = useChatClient();
  const [status, setStatus] = useState<DownloadState>({ state: 'idle' });

  async function start() {
    setStatus({ state: 'busy', share: 0 });
    try {
      const blob = await uploads.fetchFile(fileId, 'original', (come) =>
        setStatus({ state: 'busy', share: Math.min(1, come / Math.max(1, bytes)) }),
      );
      saveAs(blob, name, clock);
      setStatus({ state: 'idle' });
    } catch {
      setStatus({ state: 'failed' });
    }
  }

  return { status, start };
}

function saveAs(blob: Blob, name: string, clock: Clock): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Nothing tells when the browser has taken the bytes over; a minute is ample.
  clock.after(60_000, () => URL.revokeObjectURL(url));
}
