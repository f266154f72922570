/** Owns the files chosen for the message being written. */
import { limits } from '@natter/protocol';
import { useCallback, useId, useRef, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { type Admission, admitFiles } from './attachments.ts';

export function useChosenFiles() {
  const { texts, locale } = useUi();
  const prefix = useId();
  const count = useRef(0);
  const [{ files, problem }, setAdmission] = useState<Admission>({ files: [], problem: null });

  const add = useCallback(
    (added: readonly File[]) => {
      if (added.length === 0) return;
      const keyed = added.map((file) => ({ key: `${prefix}${count.current++}`, file }));
      setAdmission((before) => admitFiles(before.files, keyed, limits, texts, locale));
    },
    [prefix, texts, locale],
  );
  const remove = useCallback((key: string) => {
    setAdmission((before) => ({
      files: before.files.filter((each) => each.key !== key),
      problem: null,
    }));
  }, []);
  const clear = useCallback(() => setAdmission({ files: [], problem: null }), []);

  return { files, problem, add, remove, clear };
}
