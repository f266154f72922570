/**
 * Owns the mutants: faults put into the real code, each of which the simulation must find. A mutant is text that is
 * replaced in named source files; text that is not there exactly once is an error, so that none goes stale unnoticed.
 */
export interface Mutant {
  name: string;
  patches: readonly { file: string; find: string; replace: string }[];
  /** Seeds after which it counts as not caught. */
  seedsMax: number;
}

const server = 'packages/server/src';
const client = 'packages/client/src';

function one(name: string, file: string, find: string, replace: string, seedsMax = 60): Mutant {
  return { name, patches: [{ file, find, replace }], seedsMax };
}

export const mutants: readonly Mutant[] = [
  one(
    'acknowledge before commit',
    `${server}/messages/messages.ts`,
    '      const outcome = await storage.appendMessage({',
    `      const page = await storage.getMessages(caller.userId, { conversationId, limit: 1 });
      const membership = await storage.getMembership(conversationId, caller.userId);
      if (page !== null && membership !== null) {
        const later = storage.appendMessage({ id, conversationId, senderId: caller.userId, content, fileIds });
        later.then((it) => it.outcome === 'accepted' && delivery.tell(it.events, caller.connectionId), () => {});
        const seq = (page.messages.at(-1)?.seq ?? 0) + 1;
        return { result: { id, seq, version: membership.version + 1, createdAt: 0, type: 'text', attachments: [] } };
      }
      const outcome = await storage.appendMessage({`,
  ),
  {
    name: 'drop the id check',
    seedsMax: 60,
    patches: [
      {
        file: `${server}/storage/sqlite/commands/messages.ts`,
        find: '?, ?) ON CONFLICT (id) DO NOTHING`;',
        replace: '?, ?)`;',
      },
      {
        file: `${server}/storage/sqlite/schema.ts`,
        find: 'CREATE UNIQUE INDEX messages_by_id ON messages (id);',
        replace: 'CREATE INDEX messages_by_id ON messages (id);',
      },
    ],
  },
  one(
    'number outside the transaction',
    `${server}/storage/sqlite/commands/messages.ts`,
    '  if (inserted === 0) return repeat()',
    `  conversation.lastSeq = seq;
  conversation.isChanged = true;
  if (inserted === 0) return repeat()`,
  ),
  one(
    'apply without the version check',
    'packages/protocol/src/rules/ordering.ts',
    "return version === local + 1 ? 'apply' : 'hold';",
    "return 'apply';",
  ),
  one(
    'hold for ever',
    `${client}/sync/sync.ts`,
    '    if (holes.has(id)) return;\n    holes.set(',
    '    if (ms >= 0) return;\n    holes.set(',
  ),
  {
    name: 'subscribe after the snapshot',
    seedsMax: 200,
    patches: [
      {
        file: `${server}/connection/connection.ts`,
        find: '      await delivery.attach(signedIn);',
        replace:
          '      const early = await hello.greet(signedIn, checked);\n      await new Promise<void>((resolve) => deps.runtime.clock.after(400, resolve));\n      await delivery.attach(signedIn);',
      },
      {
        file: `${server}/connection/connection.ts`,
        find: 'const { result, laterHeads } = await hello.greet(signedIn, checked);',
        replace: 'const { result, laterHeads } = early;',
      },
    ],
  },
  one(
    'reset backoff at open',
    `${client}/connection/connection.ts`,
    "mine === round && input('opened')",
    "mine === round && ((attempt = 0), input('opened'))",
    120,
  ),
  {
    name: 'since from the client’s clock',
    seedsMax: 60,
    patches: [
      {
        file: `${client}/sync/resume.ts`,
        find: 'position = { since: hello.since, epoch: hello.epoch };',
        replace:
          "position = { since: 's' + Math.max(0, ports.clock.now()).toString(36).padStart(11, '0'), epoch: hello.epoch };",
      },
      {
        file: `${client}/sync/resume.ts`,
        find: 'position = { since, epoch: position.epoch };',
        replace:
          "position = { since: 's' + Math.max(0, ports.clock.now()).toString(36).padStart(11, '0'), epoch: position.epoch };",
      },
    ],
  },
  one(
    'skip repair after a loss on the bus',
    `${server}/delivery/rolling.ts`,
    'if (isBehind(followed, at)) deps.onMissed(followed, at.version);',
    '',
    120,
  ),
  one(
    'lost cursor moves not looked for',
    `${server}/delivery/rolling.ts`,
    '          deps.onCursorsMissed(followed);',
    '',
    600,
  ),
  one(
    'deliver to a removed member',
    `${server}/delivery/delivery.ts`,
    `    if (user === undefined || !roster.leave(user, conversationId, envelope.version)) return;`,
    `    if (user === undefined || !user.follows.some((it) => it.conversationId === conversationId)) return;`,
  ),
  {
    name: 'unread counted from events only',
    seedsMax: 60,
    patches: [
      {
        file: `${client}/conversations/list.ts`,
        find: 'readSeq === next.readSeq ? next.unreadCount : unreadAfter(next, readSeq);',
        replace: 'own.unreadCount;',
      },
    ],
  },
  one(
    'unfollow forgotten',
    `${server}/delivery/roster.ts`,
    'for (const followed of user.follows) unfollow(user, followed);',
    '',
  ),
  one(
    'typists never forgotten',
    `${client}/typing/typing.ts`,
    'cancel: clock.after(timings.typingExpiryMs, () => forget(id, userId)),',
    'cancel: () => {},',
    120,
  ),
  one(
    'silence never found',
    `${client}/connection/liveness.ts`,
    '      if (asked !== null) onDead();',
    '',
  ),
  one(
    'new id at each try',
    `${client}/outbox/asking.ts`,
    'const { messageId: id, conversationId, content } = item;',
    'const { conversationId, content } = item;\n    const world = globalThis as { tries?: number };\n    world.tries = (world.tries ?? 0) + 1;\n    const id = (item.messageId.slice(0, 24) + String(world.tries).padStart(12, "0")) as typeof item.messageId;',
  ),
  one(
    'too far behind, and not taken anew',
    `${client}/sync/sync.ts`,
    'const { entry, tooFar, more } = changes;',
    'const { entry, more } = changes;\n      const tooFar = changes.tooFar && from < 0;',
    120,
  ),
  one(
    'another epoch taken for the same',
    `${client}/sync/resume.ts`,
    'epoch !== null && epoch !== hello.epoch',
    'epoch === ""',
    120,
  ),
  one(
    'forget the lock on the outbox',
    `${client}/outbox/drain.ts`,
    'await kept.hold(',
    'await ((_name, _options, work) => work(new AbortController().signal))(',
    120,
  ),
];
