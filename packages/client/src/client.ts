/**
 * The composition root: makes the rooms and passes each what it needs of the others. An event's way is here in one
 * place: connection → sync (in order?) → every room, in one batch → one notice to each listener.
 */
import {
  type ConversationEntry,
  type ConversationId,
  limits,
  type Message,
  NatterError,
  type ServerEvent,
  type UserId,
} from '@natter/protocol';
import { createCalls } from './connection/calls.ts';
import { createConnection } from './connection/connection.ts';
import { createTokens } from './connection/tokens.ts';
import { createWatching } from './connection/watching.ts';
import type { ChatClient } from './contract.ts';
import { createConversations } from './conversations/conversations.ts';
import { createConversationList } from './conversations/list.ts';
import { createMessages } from './messages/messages.ts';
import { createPreviews } from './messages/previews.ts';
import { type ChatClientOptions, readOptions } from './options.ts';
import { createOutbox } from './outbox/outbox.ts';
import { createPresence } from './presence/presence.ts';
import { createUsers } from './presence/users.ts';
import { createOthersReceipts } from './receipts/others.ts';
import { createOwnReceipts } from './receipts/own.ts';
import { createIds } from './runtime/ids.ts';
import { createBatch } from './store/batch.ts';
import { createStore } from './store/store.ts';
import { createEvents } from './sync/events.ts';
import { createResume } from './sync/resume.ts';
import { createSync, type SyncTargets } from './sync/sync.ts';
import { createTyping } from './typing/typing.ts';
import { createAuthorizedFetch } from './uploads/http.ts';
import { createUploads } from './uploads/uploads.ts';

/**
 * A client of one server for one person. Example:
 *
 *     const client = createChatClient({ url: 'https://chat.example', getToken: () => myToken() });
 *     const undo = client.messages(id).subscribe(() => show(client.messages(id).getSnapshot().messages));
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const settings = readOptions(options);
  const { clock, random, environment, pageSize } = settings;
  const runtime = { clock, random };
  const batch = createBatch();
  const reportError = (error: unknown): void => environment.reportError?.(error);
  const telling = { batch, reportError };
  const ids = createIds(runtime);

  const me = createStore<{ userId: UserId; name: string } | null>(telling, null);
  /** Before the first `hello` the token says who I am, so that what I write is mine from the start. */
  let claimed: { userId: UserId; name: string } | null = null;
  const who = (): { userId: UserId; name: string } | null => me.getSnapshot() ?? claimed;
  const myId = (): UserId | null => who()?.userId ?? null;

  const tokens = createTokens({
    getToken: settings.getToken,
    clock,
    onClaims({ userId, name }) {
      if (userId === null || name === null || who() !== null) return;
      claimed = { userId, name };
      batch.run(outbox.meChanged);
    },
  });
  const calls = createCalls({ clock, onSuspect: () => connection.suspect() });
  const { call } = calls;
  const events = createEvents({ reportError });
  const watching = createWatching({
    call,
    clock,
    onPresence: (people) => batch.run(() => presence.merge(people)),
  });
  const presence = createPresence({ telling, watch: watching.users });
  const typing = createTyping({
    call,
    clock,
    telling,
    me: myId,
    isConnected: () => connection.getSnapshot().status === 'connected',
    watch: watching.conversation,
  });

  const uploads = createUploads({
    fetch: createAuthorizedFetch({
      baseUrl: settings.baseUrl,
      fetch: settings.fetch,
      clock,
      getToken: tokens.get,
      refuseToken: tokens.refuse,
    }),
    environment,
    telling,
    onProgress: (localId, progress) => batch.run(() => outbox.progress(localId, progress)),
    onCancelled: (localId, error) => batch.run(() => outbox.cancelled(localId, error)),
  });

  const outbox = createOutbox({
    calls,
    runtime,
    ids,
    batch,
    me: who,
    uploads,
    onChange: looksChanged,
    onAcknowledged(message) {
      const { conversationId, version } = message;
      sync.acknowledged({ type: 'newMessage', conversationId, version, message });
      outbox.reached(conversationId, sync.version(conversationId) ?? 0);
    },
  });

  const others = createOthersReceipts({
    telling,
    me: myId,
    onWatch: fetchMembers,
    onChange: looksChanged,
  });
  const own = createOwnReceipts({
    call,
    clock,
    onResult: (id, result) => batch.run(() => moveMyCursor(id, result)),
  });
  /** Conversations whose unread count is not certain until the server has my cursor. */
  const guessed = new Set<ConversationId>();

  const previews = createPreviews({ levels: others.levels, me: myId, pending: outbox.pending });
  const list = createConversationList({
    telling,
    me: myId,
    preview: previews.of,
    countUnread: (id, readSeq, lastSeq) => messages.countUnread(id, readSeq, lastSeq),
  });
  const conversations = createConversations({
    call,
    ids,
    list,
    pageSize,
    me: myId,
    entries: (entries) => batch.run(() => sync.entries(entries)),
    expect: (id, version) => sync.expect(id, version),
    left: (id) =>
      batch.run(() => {
        sync.forget(id);
        targets.remove(id);
      }),
  });

  const messages = createMessages({
    call,
    batch,
    telling,
    clock,
    pageSize,
    ensure: (id) => sync.ensure(id),
    me: myId,
    levels: others.levels,
    pending: outbox.pending,
    send(id, message) {
      typing.sent(id);
      return outbox.send(id, message);
    },
    resend: outbox.resend,
    discard: outbox.discard,
    acknowledged: (event) => sync.acknowledged(event),
    markAsRead(id, seq) {
      const upTo = Math.min(seq, list.entry(id)?.conversation.lastSeq ?? seq);
      if (batch.run(() => list.moveCursor(id, { readSeq: upTo }))) guessed.add(id);
      own.read(id, upTo);
    },
    lastSeq: (id) => list.entry(id)?.conversation.lastSeq ?? 0,
    onOpen: fetchMembers,
  });

  const targets: SyncTargets = {
    isOpen: (id) => messages.timeline(id)?.isOpen() ?? false,
    isMe: (event) => 'userId' in event && event.userId === myId(),
    apply(event) {
      const id = event.conversationId;
      list.apply(event);
      others.apply(event);
      typing.receive(event);
      if ('message' in event) takeMessages(id, [event.message]);
      outbox.reached(id, event.version);
      if (event.type === 'newMessage' && event.message.senderId !== myId()) deliver(id);
    },
    applyChanges(id, { entry, messages: rows, joined, left, version }) {
      takeMessages(id, rows);
      takeEntries([entry]);
      others.joined(id, joined);
      others.left(id, left);
      outbox.reached(id, version);
    },
    applyEntries(entries) {
      takeEntries(entries);
      for (const { conversation } of entries)
        if (!targets.isOpen(conversation.id)) outbox.reached(conversation.id, conversation.version);
    },
    applyCursor({ conversationId, readSeq, unreadCount }) {
      moveMyCursor(conversationId, { deliveredSeq: readSeq, readSeq, unreadCount });
    },
    remove(id) {
      list.remove(id);
      previews.forget(id);
      others.remove(id);
      own.forget(id);
      outbox.refuseAll(id);
      messages
        .timeline(id)
        ?.clear(new NatterError('notMember', 'you are not a member of this conversation'));
    },
    reload: (id) => messages.timeline(id)?.reload() ?? Promise.resolve(0),
  };
  const sync = createSync({ call, clock, batch, targets });

  const resume = createResume({
    clock,
    heads: sync.heads,
    loadList: conversations.fetchFirst,
    resetList: (page) =>
      batch.run(() => {
        const open = messages.openIds().filter((id) => sync.version(id) !== undefined);
        const kept = new Set([...open, ...page.entries.map(({ conversation }) => conversation.id)]);
        for (const id of sync.known()) {
          if (kept.has(id)) continue;
          sync.forget(id);
          list.remove(id);
        }
        conversations.begin(page);
        sync.entries(page.entries);
        return open;
      }),
    repair: sync.repair,
    forgetAll() {
      batch.run(() => {
        for (const id of sync.known()) {
          sync.forget(id);
          own.forget(id);
        }
        list.clear();
        others.clear();
        for (const id of messages.openIds()) messages.timeline(id)?.clear(null);
      });
    },
  });

  let said: ReturnType<typeof watching.current> | undefined;
  const connection = createConnection({
    url: settings.socketUrl,
    WebSocket: settings.WebSocket,
    runtime,
    environment,
    telling,
    batch,
    calls,
    tokens,
    maxAttempts: settings.maxAttempts,
    hello() {
      said = watching.current();
      return { ...resume.position(), watch: said };
    },
    onConnected(hello) {
      const before = me.getSnapshot();
      if (before !== null && before.userId !== hello.userId) {
        connection.stop('signedOut', {
          code: 'forbidden',
          message: 'the token is now for somebody else; dispose this client and create another',
          retry: 'never',
        });
        return Promise.resolve();
      }
      if (before?.name !== hello.name) {
        me.set({ userId: hello.userId, name: hello.name });
        outbox.meChanged();
      }
      presence.merge(hello.presence);
      watching.connected(said);
      sync.connected();
      own.connected();
      const resumed = resume.run(hello);
      outbox.connected();
      for (const id of messages.watchedIds()) messages.timeline(id)?.retry();
      return resumed.then(() => {
        for (const id of new Set([...messages.watchedIds(), ...others.watchedIds()]))
          fetchMembers(id);
      });
    },
    onLost() {
      watching.lost();
      sync.lost();
      resume.lost();
      own.lost();
      outbox.lost();
      others.stale();
      typing.lost();
    },
    onEvents(received) {
      for (const event of received) receive(event);
      // An empty `heads` is a heartbeat. Told after the stores, so that a listener sees what the event did.
      const told = received.filter(
        (event) => event.type !== 'heads' || event.data.heads.length > 0,
      );
      batch.after(() => events.emit(told));
    },
    probe: watching.refresh,
  });

  function receive(event: ServerEvent): void {
    switch (event.type) {
      case 'heads':
        if (!resume.page(event.data.heads, event.data.more))
          sync.heads(event.data.heads).catch(() => connection.suspect());
        return;
      case 'messageRead':
      case 'messageDelivered': {
        const { conversationId: id, userId, data } = event;
        const readSeq = event.type === 'messageRead' ? data.seq : 0;
        if (userId !== myId()) others.moved(id, userId, { deliveredSeq: data.seq, readSeq });
        else
          moveMyCursor(id, {
            deliveredSeq: data.seq,
            readSeq,
            ...('unreadCount' in data ? { unreadCount: data.unreadCount } : {}),
          });
        return;
      }
      case 'typingStarted':
      case 'typingStopped':
        typing.receive(event);
        return;
      case 'userOnline':
      case 'userOffline':
        presence.receive(event);
        return;
      default:
        sync.receive(event);
    }
  }

  function takeEntries(entries: readonly ConversationEntry[]): void {
    list.merge(entries);
    others.entries(entries);
    for (const { conversation, deliveredSeq, readSeq, lastMessage } of entries) {
      own.known(conversation.id, { deliveredSeq, readSeq });
      if (lastMessage?.senderId === myId() && !targets.isOpen(conversation.id))
        outbox.settle(lastMessage.id);
      deliver(conversation.id);
    }
  }

  function takeMessages(id: ConversationId, rows: readonly Message[]): void {
    messages.timeline(id)?.merge(rows);
    const mine = myId();
    for (const row of rows) if (row.senderId === mine) outbox.settle(row.id);
  }

  /** This device has everything up to the newest: say so, where it costs no member times members. */
  function deliver(id: ConversationId): void {
    const entry = list.entry(id);
    if (entry === undefined || entry.conversation.memberCount > limits.largeConversationMembers)
      return;
    if (entry.conversation.lastSeq > entry.deliveredSeq)
      own.delivered(id, entry.conversation.lastSeq);
  }

  function moveMyCursor(
    id: ConversationId,
    cursor: { deliveredSeq: number; readSeq: number; unreadCount?: number },
  ): void {
    own.known(id, cursor);
    // Only the server can count what this device has not: it is asked for its entry.
    if (list.moveCursor(id, cursor) || guessed.delete(id)) sync.refresh(id);
  }

  /** How messages of mine look has changed: being sent, delivered, read. */
  function looksChanged(id: ConversationId): void {
    messages.timeline(id)?.store.invalidate();
    list.invalidate();
  }

  /** The cursors of a group's members, when somebody looks at it; those of direct conversations come with the entry. */
  function fetchMembers(id: ConversationId): void {
    if (others.isComplete(id) || connection.getSnapshot().status !== 'connected') return;
    const entry = list.entry(id);
    if (entry !== undefined && entry.conversation.memberCount > limits.largeConversationMembers)
      return;
    call('getConversation', { conversationId: id, membersLimit: limits.pageSizeMax }).then(
      ({ entry: fresh, members, membersNext }) =>
        batch.run(() => {
          sync.entries([fresh]);
          others.members(id, members, membersNext === null);
        }),
      // Ticks stay at `sent` until the next look or connection.
      () => {},
    );
  }

  if (settings.autoConnect) connection.connect();

  return {
    me: { getSnapshot: me.getSnapshot, subscribe: me.subscribe },
    connection: {
      getSnapshot: connection.getSnapshot,
      subscribe: connection.subscribe,
      connect: connection.connect,
      reconnect: connection.reconnect,
      disconnect: connection.disconnect,
    },
    events,
    conversations: conversations.conversations,
    presence: presence.presence,
    uploads: uploads.uploads,
    users: createUsers({ call }),
    messages: messages.messages,
    typing: typing.typing,
    receipts: others.receipts,
    dispose() {
      batch.close();
      connection.dispose();
      outbox.dispose();
      uploads.dispose();
      messages.dispose();
      events.dispose();
    },
  };
}
