/** Owns one change of a picture, from choosing a file to its being saved; what is chosen shows before it is sent. */
import type { OnProgress } from '@natter/client';
import { type ErrorBody, limits, NatterError } from '@natter/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';
import { errorBody } from '../people/usePeople.ts';

export type SavePicture = (picture: Blob | null, onProgress: OnProgress) => Promise<void>;

/** `url`: of what was chosen; null where the picture is being taken away. */
export type PictureChange =
  | { status: 'same' }
  | { status: 'chosen'; url: string }
  | { status: 'saving'; url: string | null; progress: number }
  /** `again`: whether the same file may do better another time. */
  | { status: 'failed'; url: string | null; error: ErrorBody; again: boolean };

const same: PictureChange = { status: 'same' };

export function usePictureChange(onSave: SavePicture) {
  const [state, setState] = useState<PictureChange>(same);
  const chosen = useRef<{ file: Blob; url: string } | null>(null);
  /** Only what the newest change has to say counts. */
  const turn = useRef(0);

  const forget = useCallback(() => {
    turn.current += 1;
    if (chosen.current !== null) URL.revokeObjectURL(chosen.current.url);
    chosen.current = null;
  }, []);
  useEffect(() => forget, [forget]);

  function choose(file: Blob): void {
    forget();
    const url = URL.createObjectURL(file);
    chosen.current = { file, url };
    const isTooLarge = file.size > limits.uploadBytesMax;
    setState(isTooLarge ? { status: 'failed', url, ...tooLarge } : { status: 'chosen', url });
  }

  async function send(picture: Blob | null, url: string | null): Promise<void> {
    turn.current += 1;
    const mine = turn.current;
    const tell = (next: PictureChange) => {
      if (turn.current === mine) setState(next);
    };
    tell({ status: 'saving', url, progress: 0 });
    try {
      await onSave(picture, (progress) => tell({ status: 'saving', url, progress }));
    } catch (cause) {
      const error = errorBody(cause);
      tell({ status: 'failed', url, error, again: !hopeless.has(error.code) });
      return;
    }
    if (turn.current !== mine) return;
    forget();
    setState(same);
  }

  return {
    state,
    choose,
    remove: () => void send(null, null),
    save: () => void send(chosen.current?.file ?? null, chosen.current?.url ?? null),
    cancel() {
      forget();
      setState(same);
    },
  };
}

/** Another file is needed. */
const hopeless: ReadonlySet<string> = new Set(['unsupportedFile', 'tooLarge', 'badRequest']);

const tooLarge = {
  error: new NatterError('tooLarge', 'unable to use this picture: it is too large').toBody(),
  again: false,
};
