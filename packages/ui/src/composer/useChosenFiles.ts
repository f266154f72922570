/** Owns choosing files for the message being written. They are part of its draft, so they survive another conversation. */
import { type ConversationId, limits } from '@natter/protocol';
import { useCallback, useState } from 'react';
import type { ChosenFile } from '../drafts/draft.ts';
import { useDrafts } from '../drafts/useDraft.ts';
import { admitFiles, moveFile, noRefusals, type Refusals } from './attachments.ts';

export interface ChosenFilesCommands {
  refusals: Refusals;
  add: (files: readonly File[]) => void;
  remove: (key: string) => void;
  /** Puts it at this place. */
  move: (key: string, to: number) => void;
  forgetRefusals: () => void;
}

export function useChosenFiles(id: ConversationId): ChosenFilesCommands {
  const drafts = useDrafts();
  const [refusals, setRefusals] = useState<Refusals>(noRefusals);

  const change = useCallback(
    (make: (files: readonly ChosenFile[]) => readonly ChosenFile[]) => {
      const { files } = drafts.draftOf(id).getSnapshot();
      const next = make(files);
      if (next !== files) drafts.choose(id, next);
    },
    [drafts, id],
  );

  const add = useCallback(
    (added: readonly File[]) => {
      if (added.length === 0) return;
      const held = added.map((file) => drafts.hold(file));
      const { files, refusals: refused } = admitFiles(
        drafts.draftOf(id).getSnapshot().files,
        held,
        limits,
      );
      drafts.choose(id, files);
      setRefusals(refused);
      void findUnreadable(held).then((unreadable) => {
        if (unreadable.length === 0) return;
        change((now) => now.filter((each) => !unreadable.includes(each)));
        setRefusals({ ...refused, unreadable: unreadable.map(({ file }) => file.name) });
      });
    },
    [drafts, id, change],
  );

  const remove = useCallback(
    (key: string) => {
      change((files) => files.filter((each) => each.key !== key));
      setRefusals(noRefusals);
    },
    [change],
  );
  const move = useCallback(
    (key: string, to: number) => change((files) => moveFile(files, key, to)),
    [change],
  );
  const forgetRefusals = useCallback(() => setRefusals(noRefusals), []);

  return { refusals, add, remove, move, forgetRefusals };
}

/** A folder that is dropped looks like a file until it is read. */
async function findUnreadable(files: readonly ChosenFile[]): Promise<ChosenFile[]> {
  const found = await Promise.all(
    files.map(async (each) => {
      try {
        await each.file.slice(0, 1).arrayBuffer();
        return [];
      } catch {
        return [each];
      }
    }),
  );
  return found.flat();
}
