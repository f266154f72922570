/** Owns saving a file: fetched with the token, then handed to the browser under its own name. */
import type { Attachment } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { useState } from 'react';
import type { Clock } from '../runtime/clock.ts';
import { useUi } from '../runtime/UiProvider.tsx';

export interface DownloadButtonProps {
  attachment: Attachment;
  tabIndex?: number;
}

export function DownloadButton({ attachment, tabIndex = 0 }: DownloadButtonProps) {
  const { texts, clock } = useUi();
  const { uploads } = useChatClient();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');

  async function download() {
    setState('busy');
    try {
      saveAs(await uploads.fetchFile(attachment.fileId, 'original'), attachment.name, clock);
      setState('idle');
    } catch {
      setState('failed');
    }
  }

  const text = {
    idle: texts.files.downloadShort,
    busy: texts.files.downloading,
    failed: texts.files.downloadFailed,
  }[state];
  return (
    <button
      type="button"
      className="natter-button natter-button-small"
      aria-label={state === 'idle' ? texts.files.download(attachment.name) : text}
      tabIndex={tabIndex}
      disabled={state === 'busy'}
      onClick={download}
    >
      {text}
    </button>
  );
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
