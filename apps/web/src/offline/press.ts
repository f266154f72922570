/**
 * Owns what worker and pages say to one another when a notification is pressed. Only a page knows whose it is, and only
 * the worker may bring it to the front: so it asks all.
 */
export interface NoticeData {
  person: string;
  conversationId: string;
}

/** With a port for the answer. */
export interface Press extends NoticeData {
  natter: 'press';
}

function isPress(data: unknown): data is Press {
  const { natter, person, conversationId } = Object(data) as Partial<Press>;
  return natter === 'press' && typeof person === 'string' && typeof conversationId === 'string';
}

/** Answers for this person, and says where to go; returns its undo. */
export function answerPresses(
  worker: Pick<ServiceWorkerContainer, 'addEventListener' | 'removeEventListener'> | undefined,
  person: string,
  onOpen: (conversationId: string) => void,
): () => void {
  function hear({ data, ports }: MessageEvent): void {
    if (!isPress(data)) return;
    ports[0]?.postMessage(data.person === person);
    if (data.person === person) onOpen(data.conversationId);
  }
  worker?.addEventListener('message', hear);
  return () => worker?.removeEventListener('message', hear);
}
