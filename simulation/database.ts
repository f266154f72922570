/**
 * Owns what outlives a node: the real database, seen by each node through a gate that takes time, and at which a node
 * may die just before a commit or between the commit and its answer. Keeps what each commit caused, as the truth
 * that devices are held to.
 */
import type {
  ConversationId,
  DurableEvent,
  GetChangesResult,
  MessageId,
  UserId,
} from '@natter/protocol';
import { openSqlite, type Runtime, type Storage } from '@natter/server';
import type { Chance } from './random.ts';
import type { Time } from './time.ts';

/** `beforePublish`: acknowledged, and told to nobody or to some only. */
export type CrashPoint = 'beforeCommit' | 'afterCommit' | 'beforePublish';

/** The commands that a crash may hit. */
const commands: ReadonlySet<string> = new Set([
  'saveUser',
  'updateProfile',
  'setLastSeen',
  'createConversation',
  'updateConversation',
  'addMembers',
  'removeMember',
  'appendMessage',
  'editMessage',
  'deleteMessage',
  'moveCursors',
]);

const checks: ReadonlySet<string> = new Set(['listVersions', 'listMembershipChanges']);

export interface Commits {
  get(id: ConversationId, version: number): DurableEvent | undefined;
  version(id: ConversationId): number;
  /** Was this person a member when `version` was written? The one who left still sees that. */
  mayKnow(userId: UserId, id: ConversationId, version: number): boolean;
  ids(): ConversationId[];
  messages(): Iterable<MessageId>;
  sentBy(userId: UserId, id: ConversationId): Iterable<MessageId>;
}

export interface Gate {
  storage: Storage;
  /** At the next command the node dies there. */
  arm(point: CrashPoint): void;
  /** Answers nothing more. */
  shut(): void;
}

export interface Database {
  /** Both are others after `restore`. */
  readonly truth: Storage;
  readonly commits: Commits;
  /** What is there before anything happens. */
  addUser(user: { id: UserId; name: string }): Promise<void>;
  begin(conversation: Parameters<Storage['createConversation']>[0]): Promise<void>;
  /** `onCrash`: the point that was armed is reached. */
  /** `isBlind`: the rolling check finds nothing, so that nothing may lean on it where no bus loses. */
  open(deps: { onCrash: (point: CrashPoint, command: string) => void; isBlind: boolean }): Gate;
  backUp(): void;
  readonly hasBackup: boolean;
  /** Another database, as it was at the backup. Nobody may have it open. */
  restore(): Promise<void>;
}

interface Command {
  name: string;
  args: unknown[];
  at: number;
}

/** A backup is the commands up to a moment: the database that they make is the one that was there, but for its epoch. */
export async function createDatabase(
  time: Time,
  chance: Chance,
  runtime: Runtime,
  /** Lower than the product's, so that a run reaches it. */
  changesMax: number,
): Promise<Database> {
  let truth = await openSqlite({ path: ':memory:', runtime });
  let history = createHistory();
  let log: Command[] = [];
  let backupLength: number | null = null;

  function note(name: string, args: unknown[]): void {
    log.push({ name, args: structuredClone(args), at: time.now() });
  }

  return {
    get truth() {
      return truth;
    },
    get commits() {
      return history.commits;
    },
    async begin(conversation) {
      note('createConversation', [conversation]);
      history.record(await truth.createConversation(conversation));
    },
    async addUser(user) {
      note('saveUser', [user]);
      await truth.saveUser(user);
    },
    backUp() {
      backupLength = log.length;
    },
    get hasBackup() {
      return backupLength !== null;
    },
    async restore() {
      log = log.slice(0, backupLength ?? 0);
      let at = time.now();
      const clock = { ...runtime.clock, now: () => at };
      const fresh = await openSqlite({ path: ':memory:', runtime: { ...runtime, clock } });
      const past = createHistory();
      for (const command of log) {
        at = command.at;
        const work = Reflect.get(fresh, command.name) as (...args: unknown[]) => Promise<unknown>;
        past.record(await work(...structuredClone(command.args)));
      }
      clock.now = time.now;
      await truth.close();
      truth = fresh;
      history = past;
    },
    open({ onCrash, isBlind }) {
      let armed: CrashPoint | null = null;
      let shut = false;
      let lastAnswerAt = 0;
      const never = () => new Promise<never>(() => {});

      /** Time that passes between the work and its answer. Commands are answered in their order. */
      function answerLater(isCommand: boolean): Promise<void> {
        const ms = chance.happens(0.6) ? 0 : chance.whole(0, chance.happens(0.1) ? 150 : 15);
        const at = isCommand ? Math.max(lastAnswerAt, time.now() + ms) : time.now() + ms;
        if (isCommand) lastAnswerAt = at;
        if (at <= time.now()) return Promise.resolve();
        return new Promise((resolve) => time.after(at - time.now(), resolve));
      }

      async function pass(name: string, work: () => Promise<unknown>): Promise<unknown> {
        time.touch();
        if (shut) return never();
        const isCommand = commands.has(name);
        if (isCommand && armed === 'beforeCommit') {
          armed = null;
          onCrash('beforeCommit', name);
          return never();
        }
        const outcome = lower(name, await work());
        if (isCommand) history.record(outcome);
        if (shut) return never();
        if (isCommand && armed === 'afterCommit') {
          armed = null;
          onCrash('afterCommit', name);
          return never();
        }
        await answerLater(isCommand);
        time.touch();
        return shut ? never() : outcome;
      }

      /** As the product answers beyond its own, higher bound. */
      function lower(name: string, outcome: unknown): unknown {
        if (name !== 'getChanges' || outcome === null) return outcome;
        const changes = outcome as GetChangesResult;
        const count = changes.messages.length + changes.joined.length + changes.left.length;
        if (count <= changesMax) return outcome;
        const { version } = changes.entry.conversation;
        const nothing = { messages: [], joined: [], left: [], more: false };
        return { ...changes, ...nothing, version, tooFar: true };
      }

      const storage = new Proxy(truth, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function' || typeof name !== 'string') return value;
          if (isBlind && checks.has(name)) return async () => [];
          return (...args: unknown[]) =>
            pass(name, () => {
              if (commands.has(name)) note(name, args);
              return Reflect.apply(value, target, args) as Promise<unknown>;
            });
        },
      });
      return {
        storage,
        arm(point) {
          armed = point;
        },
        shut() {
          shut = true;
        },
      };
    },
  };
}

/** What each commit caused, by conversation and version. */
function createHistory() {
  /** `first`: where the command began whose event it is; who joins by it sees all of it. */
  const events = new Map<ConversationId, { event: DurableEvent; first: number }[]>();

  function record(outcome: unknown): void {
    const caused = (outcome as { events?: DurableEvent[] } | null)?.events ?? [];
    const first = caused[0]?.version ?? 0;
    for (const event of caused) {
      const known = events.get(event.conversationId) ?? [];
      known[event.version] = { event, first };
      events.set(event.conversationId, known);
    }
  }

  const commits: Commits = {
    get: (id, version) => events.get(id)?.[version]?.event,
    version: (id) => (events.get(id)?.length ?? 1) - 1,
    ids: () => [...events.keys()],
    mayKnow(userId, id, version) {
      let isMember = false;
      for (const { event, first } of events.get(id)?.filter(Boolean) ?? []) {
        if (first > version) break;
        if (!('userId' in event) || event.userId !== userId) continue;
        if (event.type === 'memberJoined') isMember = true;
        else if (event.version < version) isMember = false;
      }
      return isMember;
    },
    *messages() {
      for (const known of events.values())
        for (const { event } of known.filter(Boolean))
          if (event.type === 'newMessage') yield event.message.id;
    },
    *sentBy(userId, id) {
      for (const { event } of events.get(id)?.filter(Boolean) ?? [])
        if (event.type === 'newMessage' && event.message.senderId === userId)
          yield event.message.id;
    },
  };
  return { commits, record };
}
