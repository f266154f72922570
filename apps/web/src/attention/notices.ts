/**
 * Owns notifications: one for each conversation, which opens it when pressed and goes when it is read elsewhere. The
 * service worker shows them where there is one: a browser on a phone takes them from nobody else, and they then lead
 * back to the app when its page is gone.
 */
import type { ConversationId } from '@natter/protocol';
import type { NoticeData } from '../offline/press.ts';

export interface Notices {
  show(id: ConversationId, title: string, body: string): Promise<void>;
  closeRead(isRead: (id: ConversationId) => boolean): void;
  closeAll(): void;
}

export interface NoticesWorld {
  /** Whose they are: two people may use one device. */
  person: string;
  onOpen: (id: ConversationId) => void;
  worker: Pick<ServiceWorkerContainer, 'getRegistration'> | undefined;
}

type Registration = Pick<ServiceWorkerRegistration, 'showNotification' | 'getNotifications'>;

const openMax = 50;

export function createNotices({ person, onOpen, worker }: NoticesWorld): Notices {
  const open = new Map<ConversationId, { close(): void }>();
  let isOver = false;
  const registering = findRegistration();

  async function findRegistration(): Promise<Registration | null> {
    try {
      const registration = (await worker?.getRegistration()) ?? null;
      // Those of a page that is gone.
      for (const { data } of (await registration?.getNotifications()) ?? [])
        if (registration !== null && isNoticeData(data) && data.person === person)
          note(data.conversationId as ConversationId, inWorker(registration, data));
      return registration;
    } catch {
      return null;
    }
  }

  function note(id: ConversationId, notice: { close(): void }): void {
    if (isOver) {
      notice.close();
      return;
    }
    open.delete(id);
    open.set(id, notice);
    const oldest = open.keys().next();
    if (open.size > openMax && oldest.done !== true) close(oldest.value);
  }

  function close(id: ConversationId): void {
    open.get(id)?.close();
    open.delete(id);
  }

  return {
    async show(id, title, body) {
      const data: NoticeData = { person, conversationId: id };
      // The tone is the app's own, as the settings say.
      const options = { body, tag: tagOf(data), icon: '/icons/icon-192.png', silent: true, data };
      const registration = await registering;
      if (isOver) return;
      try {
        if (registration !== null) {
          await registration.showNotification(title, options);
          note(id, inWorker(registration, data));
          return;
        }
        const notice = new Notification(title, options);
        notice.onclick = () => {
          window.focus();
          close(id);
          onOpen(id);
        };
        note(id, notice);
      } catch {
        // Blocked meanwhile, or a browser that shows them for a worker only, and has none: the title still counts.
      }
    },
    closeRead(isRead) {
      for (const id of [...open.keys()]) if (isRead(id)) close(id);
    },
    closeAll() {
      isOver = true;
      for (const id of [...open.keys()]) close(id);
    },
  };
}

const tagOf = ({ person, conversationId }: NoticeData) => `${person} ${conversationId}`;

function inWorker(registration: Registration, data: NoticeData): { close(): void } {
  return {
    close() {
      registration.getNotifications({ tag: tagOf(data) }).then(
        (shown) => {
          for (const notice of shown) notice.close();
        },
        () => {},
      );
    },
  };
}

function isNoticeData(data: unknown): data is NoticeData {
  const { person, conversationId } = Object(data) as Partial<NoticeData>;
  return typeof person === 'string' && typeof conversationId === 'string';
}
