/** Owns which conversations are muted on this device, as the list shows and changes it. */
import type { ConversationId } from '@natter/protocol';
import { useCallback, useMemo } from 'react';
import { useSettings } from './settings.ts';

export function useMuting(): {
  mutedIds: ReadonlySet<ConversationId>;
  onMute: (id: ConversationId, muted: boolean) => void;
} {
  const { mutedIds: list, change } = useSettings();
  const mutedIds = useMemo(() => new Set(list), [list]);
  const onMute = useCallback(
    (id: ConversationId, muted: boolean) => {
      const others = list.filter((each) => each !== id);
      change({ mutedIds: muted ? [...others, id] : others });
    },
    [list, change],
  );
  return { mutedIds, onMute };
}
