/** Owns the object URL of a file: made when its bytes are there, revoked when nobody looks any more. */
import type { FileId } from '@natter/protocol';
import { useChatClient } from '@natter/react';
import { useEffect, useState } from 'react';

export type FileUrl =
  | { state: 'loading' }
  | { state: 'ready'; url: string }
  | { state: 'failed'; retry: () => void };

export function useFileUrl(fileId: FileId, variant: 'original' | 'thumbnail'): FileUrl {
  const { uploads } = useChatClient();
  const [attempt, setAttempt] = useState(0);
  const [file, setFile] = useState<FileUrl>({ state: 'loading' });

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what "try again" changes.
  useEffect(() => {
    let url: string | null = null;
    let gone = false;
    setFile({ state: 'loading' });
    uploads.fetchFile(fileId, variant).then(
      (blob) => {
        if (gone) return;
        url = URL.createObjectURL(blob);
        setFile({ state: 'ready', url });
      },
      () => {
        if (!gone) setFile({ state: 'failed', retry: () => setAttempt((n) => n + 1) });
      },
    );
    return () => {
      gone = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [uploads, fileId, variant, attempt]);

  return file;
}
