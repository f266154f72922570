/** Owns a client without a server, for looking at components and testing their logic. The SDK's own behaviour is tested with the SDK. */
import type {
  ChatClient,
  ConnectionSnapshot,
  ConversationItem,
  ConversationsSnapshot,
  Me,
  Messages,
  MessagesSnapshot,
  PersistenceSnapshot,
  PresenceSnapshot,
  ReceiptsSnapshot,
  Store,
  TimelineMessage,
  Typing,
  TypingSnapshot,
  UploadSnapshot,
} from '@natter/client';
import type {
  ConversationId,
  MessageId,
  Presence,
  ServerEvent,
  User,
  UserId,
} from '@natter/protocol';

export interface Cell<Snapshot> extends Store<Snapshot> {
  set(next: Snapshot): void;
  subscribers(): number;
}

export function cell<Snapshot>(first: Snapshot): Cell<Snapshot> {
  const listeners = new Set<() => void>();
  let now = first;
  return {
    getSnapshot: () => now,
    set(next) {
      now = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      // A function of its own, since the same listener may subscribe twice.
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    subscribers: () => listeners.size,
  };
}

export const me = {
  userId: 'me' as UserId,
  name: 'Mia Brandt',
  picture: null,
  nameEditable: false,
};

export function conversationId(n: number): ConversationId {
  return `0197c000-0000-7000-8000-${String(n).padStart(12, '0')}` as ConversationId;
}

export function message(over: Partial<TimelineMessage> = {}): TimelineMessage {
  const seq = over.seq === undefined ? 1 : over.seq;
  return {
    id: `0197c000-0000-7000-9000-${String(seq ?? 999_999).padStart(12, '0')}` as MessageId,
    conversationId: conversationId(1),
    seq,
    senderId: 'ada' as UserId,
    senderName: 'Ada Lovelace',
    isMine: false,
    type: 'text',
    system: null,
    content: `message ${seq}`,
    attachments: [],
    pending: [],
    createdAt: Date.UTC(2026, 5, 15, 12, 0, seq ?? 59),
    editedAt: null,
    deletedAt: null,
    status: 'sent',
    error: null,
    ...over,
  };
}

export function mine(over: Partial<TimelineMessage> = {}): TimelineMessage {
  return message({ senderId: me.userId, senderName: me.name, isMine: true, ...over });
}

export interface ItemOver {
  n?: number;
  title?: string;
  kind?: 'direct' | 'group';
  unreadCount?: number;
  readSeq?: number;
  preview?: TimelineMessage | null;
  role?: 'owner' | 'admin' | 'member';
  peerId?: string;
  activeAt?: number;
}

export function item(over: ItemOver = {}): ConversationItem {
  const { n = 1, title = 'Ada Lovelace', kind = 'direct', unreadCount = 0, readSeq = 0 } = over;
  const preview = over.preview ?? null;
  return {
    conversation: {
      id: conversationId(n),
      kind,
      name: kind === 'group' ? title : null,
      picture: null,
      version: 1,
      lastSeq: 0,
      memberCount: kind === 'group' ? 5 : 2,
      createdAt: 0,
    },
    role: over.role ?? 'member',
    deliveredSeq: readSeq,
    readSeq,
    unreadCount,
    lastMessage: null,
    peer:
      kind === 'group'
        ? null
        : {
            userId: (over.peerId ?? 'ada') as UserId,
            name: title,
            picture: null,
            role: 'member',
            deliveredSeq: 0,
            readSeq: 0,
            joinedAt: 0,
          },
    activeAt: over.activeAt ?? preview?.createdAt ?? Date.UTC(2026, 5, 15, 12),
    cursorVersion: 0,
    title,
    preview,
  };
}

export const readyMessages: MessagesSnapshot = {
  messages: [],
  state: 'ready',
  error: null,
  hasBefore: false,
  hasAfter: false,
  loadingBefore: false,
  loadingAfter: false,
  pagingError: null,
};

export const readyConversations: ConversationsSnapshot = {
  items: [],
  state: 'ready',
  error: null,
  hasMore: false,
  loadingMore: false,
  unreadCount: 0,
};

/** Every command by name with its arguments, in order. */
export type Call = [name: string, ...args: unknown[]];

export function createFakeClient(people: readonly User[] = []) {
  const calls: Call[] = [];
  const note =
    <Result>(name: string, result: Result) =>
    (...args: unknown[]) => {
      calls.push([name, ...args]);
      return result;
    };
  const done = Promise.resolve();
  const connection = cell<ConnectionSnapshot>({ status: 'connected', synced: true });
  const conversations = cell<ConversationsSnapshot>(readyConversations);
  const presence = cell<PresenceSnapshot>(new Map<UserId, Presence>());
  const uploads = cell<readonly UploadSnapshot[]>([]);
  const receipts = cell<ReceiptsSnapshot>(new Map());
  const meCell = cell<Me | null>(me);
  const messages = new Map<ConversationId, Cell<MessagesSnapshot> & Messages>();
  const typing = new Map<ConversationId, Cell<TypingSnapshot> & Typing>();
  const eventListeners = new Set<(event: ServerEvent) => void>();
  const files = new Map<string, Blob>();

  function messagesOf(id: ConversationId) {
    const known = messages.get(id);
    if (known !== undefined) return known;
    const made = Object.assign(cell<MessagesSnapshot>(readyMessages), {
      load: note('load', done),
      loadBefore: note('loadBefore', done),
      loadAfter: note('loadAfter', done),
      loadAround: note('loadAround', done),
      send: note('send', message().id),
      resend: note('resend', undefined),
      discard: note('discard', undefined),
      edit: note('edit', done),
      delete: note('delete', done),
      markAsRead: note('markAsRead', undefined),
    });
    messages.set(id, made);
    return made;
  }

  function typingOf(id: ConversationId) {
    const known = typing.get(id);
    if (known !== undefined) return known;
    const made = Object.assign(cell<TypingSnapshot>([]), {
      started: note('started', undefined),
      stopped: note('stopped', undefined),
    });
    typing.set(id, made);
    return made;
  }

  const client = {
    me: meCell,
    connection: Object.assign(connection, {
      connect: note('connect', undefined),
      reconnect: note('reconnect', undefined),
      disconnect: note('disconnect', undefined),
    }),
    events: {
      subscribe(listener: (event: ServerEvent) => void) {
        eventListeners.add(listener);
        return () => void eventListeners.delete(listener);
      },
      latest: () => null,
      [Symbol.asyncIterator](): AsyncIterator<ServerEvent> {
        throw new Error('the fake has no iterator');
      },
    },
    conversations: Object.assign(conversations, {
      load: note('conversations.load', done),
      loadMore: note('conversations.loadMore', done),
      get: (id: ConversationId) =>
        conversations.getSnapshot().items.find((each) => each.conversation.id === id) ?? null,
      createDirect: note('createDirect', Promise.resolve(conversationId(1))),
      createGroup: note('createGroup', Promise.resolve(conversationId(2))),
      update: note('update', done),
      setRole: note('setRole', done),
      rename: note('rename', done),
      addMembers: note('addMembers', done),
      removeMember: note('removeMember', done),
      leave: note('leave', done),
      getMembers: note('getMembers', Promise.resolve({ members: [], next: null })),
    }),
    presence: Object.assign(presence, { watch: note('watch', () => {}) }),
    uploads: Object.assign(uploads, {
      cancel: note('cancel', undefined),
      fetchFile: (fileId: string) => {
        const blob = files.get(fileId);
        return blob === undefined
          ? Promise.reject(new Error('no such file'))
          : Promise.resolve(blob);
      },
    }),
    users: {
      search: async (query: string) => ({
        users: people.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase())),
        next: null,
      }),
      get: async (ids: readonly UserId[]) => people.filter(({ id }) => ids.includes(id)),
    },
    messages: messagesOf,
    typing: typingOf,
    receipts: () => receipts,
    persistence: cell<PersistenceSnapshot>({ state: 'kept', error: null }),
    updateProfile: note('updateProfile', done),
    signOut: note('signOut', done),
    dispose: note('dispose', undefined),
  } satisfies ChatClient;

  return { client, calls, files, eventListeners };
}

export type FakeClient = ReturnType<typeof createFakeClient>;
