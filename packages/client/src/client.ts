/**
 * The composition root: makes the rooms and passes each what it needs of the others. An event's way is here in one
 * place: connection → sync (in order?) → every room, in one batch → one notice to each listener.
 */
import { type ConversationId, limits, NatterError, type UserId } from '@natter/protocol';
import { createApplying } from './applying.ts';
import { createCalls } from './connection/calls.ts';
import { createConnection } from './connection/connection.ts';
import { createTokens } from './connection/tokens.ts';
import { createWatching } from './connection/watching.ts';
import type { ChatClient, Me } from './contract.ts';
import { createConversations } from './conversations/conversations.ts';
import { createConversationList } from './conversations/list.ts';
import { createMessages } from './messages/messages.ts';
import { createPreviews } from './messages/previews.ts';
import { type ChatClientOptions, readOptions } from './options.ts';
import { createOutbox } from './outbox/outbox.ts';
import type { KeptTimeline } from './persistence/contract.ts';
import { createKeeping } from './persistence/keeping.ts';
import { createPresence } from './presence/presence.ts';
import { createUsers } from './presence/users.ts';
import { createOthersReceipts } from './receipts/others.ts';
import { createOwnReceipts } from './receipts/own.ts';
import { createIds } from './runtime/ids.ts';
import { createBatch } from './store/batch.ts';
import { createStore, sameOr } from './store/store.ts';
import { createEvents } from './sync/events.ts';
import { createResume } from './sync/resume.ts';
import { createSync } from './sync/sync.ts';
import { createTyping } from './typing/typing.ts';
import { createAuthorizedFetch } from './uploads/http.ts';
import { createUploads } from './uploads/uploads.ts';

const unknownProfile = { picture: null, nameEditable: false };

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

  const me = createStore<Me | null>(telling, null);
  /** Before the first `hello` the token says who I am, so that what I write is mine from the start. */
  let claimed: { userId: UserId; name: string } | null = null;
  const who = (): { userId: UserId; name: string } | null => me.getSnapshot() ?? claimed;
  const myId = (): UserId | null => who()?.userId ?? null;

  const tokens = createTokens({
    getToken: settings.getToken,
    clock,
    onClaims({ userId, name }) {
      if (userId === null) return;
      const person = keeping.person();
      if (person === null) void keeping.open(userId);
      // What is written here is the first one's, and must not be sent as another's.
      else if (person !== userId) throw stopForAnother();
      if (name === null || who() !== null) return;
      claimed = { userId, name };
      batch.run(outbox.meChanged);
    },
  });
  const keeping = createKeeping({
    persistence: settings.persistence,
    tab: ids.local(),
    origin: settings.baseUrl,
    clock,
    telling,
    async restore(list) {
      if (list === null || resume.position() !== null) return;
      if (isConnected()) return;
      // An earlier version has kept less.
      if (me.getSnapshot() === null) me.set({ ...unknownProfile, ...list.me });
      outbox.meChanged();
      conversations.begin(list);
      applying.restore(list.entries);
      resume.restore(list.position);
      await Promise.all(messages.watchedIds().map((id) => messages.timeline(id)?.restore()));
    },
    opened: (kept) => void outbox.kept(kept),
    heard(message) {
      if (message.type === 'read') applying.read(message.conversationId, message.seq);
      else if (message.type === 'wiped') forgetPerson();
    },
    position: () => resume.position(),
    me: () => me.getSnapshot(),
    nextPage: () => conversations.next(),
    entries: () => list.entries(),
    said: ({ conversation }) => own.said(conversation.id),
    timelines: keptTimelines,
  });
  const calls = createCalls({ clock, onSuspect: () => link.suspect() });
  const { call } = calls;
  const isConnected = (): boolean => connection.getSnapshot().status === 'connected';
  const sync = createSync({ call, clock, batch, targets: () => applying.targets });
  const events = createEvents({ reportError });
  const watching = createWatching({
    call,
    clock,
    onPresence: (people) =>
      batch.run(() => {
        presence.merge(people);
        applying.people(people);
      }),
  });
  const presence = createPresence({
    telling,
    watch: watching.users,
    isWatched: watching.isWatched,
  });
  const typing = createTyping({
    call,
    clock,
    telling,
    me: myId,
    isConnected,
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
    load: (localId) => outbox.readFile(localId),
    onProgress: (localId, progress) => batch.run(() => outbox.attachment(localId, { progress })),
    onPreview: (localId, previewUrl) => batch.run(() => outbox.attachment(localId, { previewUrl })),
    onPlace: (localId) => outbox.placed(localId),
    onCancelled: (localId, error) => batch.run(() => outbox.cancelled(localId, error)),
  });

  const outbox = createOutbox({
    calls,
    runtime,
    ids,
    batch,
    me: who,
    uploads,
    sync,
    onChange: looksChanged,
    awaits: (message) => messages.timeline(message.conversationId)?.awaits(message) ?? false,
    onUnkept: keeping.failed,
  });

  const others = createOthersReceipts({
    telling,
    me: myId,
    onWatch: fetchMembers,
    onChange: looksChanged,
  });
  const own = createOwnReceipts({
    request: calls.request,
    clock,
    onResult: (id, result) => batch.run(() => applying.moveMyCursor(id, result)),
  });

  const previews = createPreviews({
    levels: others.levels,
    me: myId,
    outbox,
  });
  const list = createConversationList({
    telling,
    me: myId,
    preview: previews.of,
    countUnread: (id, readSeq, lastSeq) => messages.countUnread(id, readSeq, lastSeq),
    onChange: keeping.touch,
  });
  const conversations = createConversations({
    call,
    ids,
    list,
    pageSize,
    me: myId,
    uploadPicture: uploads.uploadPicture,
    kept: keeping.known,
    batch,
    sync,
  });

  const messages = createMessages({
    call,
    telling,
    runtime,
    pageSize,
    sync,
    outbox,
    isConnected,
    // A conversation that is not in the list may no longer be mine.
    async kept(id) {
      await keeping.known();
      return sync.version(id) === undefined ? null : keeping.timeline(id);
    },
    restored(kept) {
      const { conversationId, version, cursors, complete } = kept;
      others.restore(conversationId, cursors, complete);
      sync.restored(conversationId, version);
    },
    me: myId,
    levels: others.levels,
    markAsRead(id, seq) {
      const isNew = seq > (list.entry(id)?.readSeq ?? 0);
      batch.run(() => applying.read(id, seq));
      if (isNew) keeping.post({ type: 'read', conversationId: id, seq });
    },
    lastSeq: (id) => list.entry(id)?.conversation.lastSeq ?? 0,
    onOpen: fetchMembers,
    onSend: typing.sent,
  });

  const applying = createApplying({
    me: myId,
    onMe(profile) {
      const before = me.getSnapshot();
      if (before !== null) meIs({ ...before, ...profile });
    },
    list,
    previews,
    others,
    own,
    typing,
    presence,
    outbox,
    messages,
    lookAgain(id) {
      if (isWatched(id)) fetchMembers(id);
    },
    sync,
    resume: () => resume,
  });

  const resume = createResume({
    clock,
    sync,
    loadList: conversations.fetchFirst,
    resetList: (page) =>
      batch.run(() => {
        const open = messages.openIds().filter((id) => sync.version(id) !== undefined);
        const kept = new Set([...open, ...page.entries.map(({ conversation }) => conversation.id)]);
        for (const id of sync.known()) {
          if (kept.has(id) || sync.isHeard(id)) continue;
          sync.forget(id);
          list.remove(id);
          previews.forget(id);
        }
        conversations.begin(page);
        sync.entries(page.entries);
        return open;
      }),
    behind: () =>
      messages
        .openIds()
        .filter((id) => (list.entry(id)?.conversation.version ?? 0) > (sync.version(id) ?? 0)),
    forgetAll() {
      keeping.clear();
      batch.run(() => {
        outbox.forgetAcknowledged();
        forgetAll();
      });
    },
  });

  let said: ReturnType<typeof watching.current> | undefined;
  const link = createConnection({
    url: settings.socketUrl,
    WebSocket: settings.WebSocket,
    runtime,
    environment,
    telling,
    batch,
    calls,
    tokens,
    // What is kept says where this device has got to.
    beforeHello: keeping.ready,
    maxAttempts: settings.maxAttempts,
    hello() {
      said = watching.current();
      return { ...resume.position(), watch: said };
    },
    onConnected(hello) {
      const before = me.getSnapshot();
      if (before !== null && before.userId !== hello.userId) {
        stopForAnother();
        return Promise.resolve();
      }
      if (keeping.person() === null) void keeping.open(hello.userId);
      const { userId, name, picture, nameEditable } = hello;
      meIs({ userId, name, picture, nameEditable });
      presence.merge(hello.presence);
      applying.people(hello.presence);
      watching.connected(said);
      sync.connected();
      own.connected();
      const resumed = resume.run(hello);
      outbox.connected();
      for (const id of messages.watchedIds()) messages.timeline(id)?.retry();
      return resumed.then(() => {
        outbox.resumed();
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
      for (const event of received) applying.receive(event);
      // An empty `heads` is a heartbeat. Told after the stores, so that a listener sees what the event did.
      const told = received.filter(
        (event) => event.type !== 'heads' || event.data.heads.length > 0,
      );
      batch.after(() => events.emit(told));
      keeping.touch();
    },
    probe: watching.refresh,
  });

  const { connection } = link;
  const undoHidden = environment.onSignal?.((signal) => {
    if (signal !== 'hidden') return;
    own.flush();
    keeping.flush();
  });

  function keptTimelines(epoch: string): KeptTimeline[] {
    return messages.openIds().flatMap((id) => {
      const run = messages.timeline(id)?.keep();
      const version = sync.version(id);
      if (!run || version === undefined) return [];
      const { cursors, complete } = others.cursors(id);
      return { conversationId: id, epoch, version, ...run, cursors: [...cursors], complete };
    });
  }

  function forgetAll(): void {
    batch.run(() => {
      for (const id of sync.known()) sync.forget(id);
      // A mark may be of a conversation that is not known yet.
      own.clear();
      list.clear();
      others.clear();
      for (const id of messages.openIds()) messages.timeline(id)?.clear(null);
    });
  }

  function meIs(next: Me): void {
    const before = me.getSnapshot();
    if (sameOr(before, next) === before) return;
    me.set(next);
    keeping.touch();
    if (before?.name !== next.name) outbox.meChanged();
  }

  function stopForAnother(): NatterError {
    const error = new NatterError(
      'forbidden',
      'the token is now for somebody else; dispose this client and create another',
    );
    link.stop('signedOut', error.toBody());
    return error;
  }

  /** Signed out, here or in another tab: nothing of this person stays. */
  function forgetPerson(): void {
    batch.run(() => {
      link.stop('signedOut', null);
      tokens.dispose();
      keeping.close();
      outbox.dispose();
      uploads.dispose();
      forgetAll();
      me.set(null);
      claimed = null;
    });
  }

  /** How messages of mine look has changed: being sent, delivered, read. */
  function looksChanged(id: ConversationId): void {
    keeping.touch();
    messages.timeline(id)?.store.invalidate();
    list.invalidate();
  }

  function isWatched(id: ConversationId): boolean {
    return messages.isWatched(id) || others.isWatched(id);
  }

  /** The cursors of a group's members, when somebody looks at it; those of direct conversations come with the entry. */
  function fetchMembers(id: ConversationId): void {
    const count = list.entry(id)?.conversation.memberCount ?? 0;
    if (!others.isComplete(id) && isConnected() && count <= limits.largeConversationMembers)
      sync.members(id);
  }

  if (settings.autoConnect) connection.connect();

  return {
    me: { getSnapshot: me.getSnapshot, subscribe: me.subscribe },
    connection,
    events,
    conversations: conversations.conversations,
    presence: presence.presence,
    uploads: uploads.uploads,
    users: createUsers({ call }),
    messages: messages.messages,
    typing: typing.typing,
    async updateProfile({ name, picture }, onProgress) {
      const { user } = await call('updateProfile', {
        name,
        picture: picture && (await uploads.uploadPicture(picture, onProgress)),
      });
      batch.run(() => applying.people([{ userId: user.id, ...user }]));
    },
    receipts: others.receipts,
    persistence: keeping.store,
    signOut() {
      const wiped = keeping.wipe();
      forgetPerson();
      return wiped;
    },
    dispose() {
      keeping.flush();
      batch.close();
      undoHidden?.();
      keeping.close();
      link.dispose();
      outbox.dispose();
      uploads.dispose();
      messages.dispose();
      events.dispose();
    },
  };
}
