/** Owns listening to single events. State belongs in the other hooks; this one is for sounds, toasts and counters. */
import type { ServerEvent } from '@natter/protocol';
import { useEffect, useEffectEvent } from 'react';
import { useChatClient } from './ChatProvider.tsx';

/** Calls the newest `listener` with every event, each once, in order. A new function at each render does not subscribe anew. */
export function useChatEvents(listener: (event: ServerEvent) => void): void {
  const { events } = useChatClient();
  const onEvent = useEffectEvent(listener);
  useEffect(() => events.subscribe((event) => onEvent(event)), [events]);
}
