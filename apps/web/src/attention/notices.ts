/** Owns notifications: one for each conversation, which opens it when pressed and goes when it is read elsewhere. */
import type { ConversationId } from '@natter/protocol';

export interface Notices {
  show(id: ConversationId, title: string, body: string): void;
  closeRead(isRead: (id: ConversationId) => boolean): void;
  closeAll(): void;
}

const openMax = 50;

export function createNotices(onOpen: (id: ConversationId) => void): Notices {
  const open = new Map<ConversationId, Notification>();

  function close(id: ConversationId): void {
    open.get(id)?.close();
    open.delete(id);
  }

  return {
    show(id, title, body) {
      let notice: Notification;
      try {
        // The tone is the app's own, as the settings say.
        notice = new Notification(title, {
          body,
          tag: id,
          icon: '/icons/icon-192.png',
          silent: true,
        });
      } catch {
        // A browser on a phone shows them only for pages that the server wakes.
        return;
      }
      notice.onclick = () => {
        window.focus();
        close(id);
        onOpen(id);
      };
      open.delete(id);
      open.set(id, notice);
      const oldest = open.keys().next();
      if (open.size > openMax && oldest.done !== true) close(oldest.value);
    },
    closeRead(isRead) {
      for (const id of [...open.keys()]) if (isRead(id)) close(id);
    },
    closeAll: () => {
      for (const id of [...open.keys()]) close(id);
    },
  };
}
