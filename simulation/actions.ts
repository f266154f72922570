/** Owns what people and the world do at random: each action is one line of the trace. */
import type { ConversationId, UserId } from '@natter/protocol';
import type { Device } from './device.ts';
import type { Chance } from './random.ts';
import type { World } from './world.ts';

const weights = {
  send: 30,
  edit: 6,
  remove: 4,
  read: 10,
  type: 8,
  group: 3,
  direct: 1,
  add: 5,
  takeOut: 4,
  leave: 2,
  rename: 2,
  open: 8,
  close: 5,
  page: 6,
  more: 2,
  again: 2,
  burst: 2,
  churn: 2,
};

const faults = {
  cut: 5,
  halfOpen: 4,
  stall: 4,
  resume: 4,
  offline: 4,
  tunnel: 3,
  online: 8,
  crash: 3,
  die: 1,
  restart: 1,
  partition: 2,
  join: 3,
  refuse: 1,
  backup: 2,
  restore: 0.4,
  clock: 1,
  reload: 4,
  browser: 2,
};

export type Action = keyof typeof weights | keyof typeof faults;

/** Does one thing, decided by `chance` alone; null when there was nothing to do it to. */
export function act(world: World, chance: Chance): { action: Action; isFault: boolean } | null {
  const device = chance.pick(world.devices) as Device;
  const isFault = chance.happens(0.12);
  const action = isFault ? chance.choose(faults) : chance.choose(weights);
  const done = isFault
    ? disturb(world, chance, device, action)
    : live(world, chance, device, action);
  if (done === null) return null;
  world.trace(`${device.name} ${action} ${done}`);
  return { action, isFault };
}

function live(world: World, chance: Chance, device: Device, action: Action): string | null {
  const client = device.client();
  const { items } = client.conversations.getSnapshot();
  const id = chance.pick([
    ...device.opened(),
    ...items.slice(0, 4).map((item) => item.conversation.id),
  ]);
  const groups = items.filter(({ conversation }) => conversation.kind === 'group');
  const group = chance.pick(groups)?.conversation.id ?? null;
  const person = chance.pick(world.userIds) as UserId;
  const label = (of: ConversationId) => world.label(of);

  switch (action) {
    case 'group': {
      if (world.database.commits.ids().length > 24) return null;
      const userIds = world.userIds.filter((it) => it !== device.userId && chance.happens(0.5));
      world.attempt(device, action, client.conversations.createGroup({ name: 'Group', userIds }));
      return userIds.join(' ');
    }
    case 'direct':
      if (person === device.userId) return null;
      world.attempt(device, action, client.conversations.createDirect(person));
      return person;
    case 'more':
      void client.conversations.loadMore();
      return '';
    case 'again':
      return resendOrDiscard(device, chance);
    case 'add':
    case 'takeOut':
    case 'leave':
    case 'rename': {
      if (group === null) return null;
      const { conversations } = client;
      if (action === 'add') {
        const role = chance.pick([undefined, undefined, 'admin', 'owner', 'member'] as const);
        const work = conversations.addMembers(group, [person], role ?? undefined);
        world.attempt(device, action, work);
        return `${person} to ${label(group)} as ${role}`;
      }
      if (action === 'takeOut')
        world.attempt(device, action, conversations.removeMember(group, person));
      if (action === 'leave') world.attempt(device, action, conversations.leave(group));
      if (action === 'rename')
        world.attempt(device, action, conversations.rename(group, `Name ${world.count()}`));
      return `${label(group)} ${action === 'takeOut' ? person : ''}`;
    }
    default:
      return id === null ? null : talk(world, chance, device, action, id);
  }
}

function talk(
  world: World,
  chance: Chance,
  device: Device,
  action: Action,
  id: ConversationId,
): string | null {
  const client = device.client();
  const messages = client.messages(id);
  const { messages: rows, state } = messages.getSnapshot();
  const mine = chance.pick(rows.filter((row) => row.isMine && row.seq !== null));
  const label = world.label(id);
  switch (action) {
    case 'send': {
      const times = chance.happens(0.1) ? chance.whole(2, 6) : 1;
      for (let time = 0; time < times; time++)
        device.wrote(messages.send({ content: `text ${world.count()}` }), id);
      return `${times} to ${label}`;
    }
    case 'burst': {
      const times = chance.whole(5, 30);
      world.say(device.userId, id, times);
      return `${times} to ${label} past the client`;
    }
    case 'churn': {
      const times = chance.whole(5, 30);
      world.edit(device.userId, id, times);
      return `${times} edits in ${label} past the client`;
    }
    case 'edit':
      if (mine === null) return null;
      world.attempt(device, action, messages.edit(mine.id, `edit ${world.count()}`));
      return `${label} ${mine.seq}`;
    case 'remove': {
      const row = chance.happens(0.7) ? mine : chance.pick(rows.filter((it) => it.seq !== null));
      if (row === null) return null;
      world.attempt(device, action, messages.delete(row.id));
      return `${label} ${row.seq}`;
    }
    case 'read': {
      const seq = chance.pick(rows)?.seq ?? rows.findLast((row) => row.seq !== null)?.seq ?? 0;
      if (seq === 0) return null;
      messages.markAsRead(seq);
      device.marked(id, seq);
      return `${label} ${seq}`;
    }
    case 'type':
      if (chance.happens(0.8)) client.typing(id).started();
      else client.typing(id).stopped();
      return label;
    case 'open':
      if (device.opened().length > 4) return null;
      device.open(id);
      return label;
    case 'close':
      device.close(id);
      return label;
    default: {
      if (state !== 'ready') return null;
      const how = chance.choose({ before: 5, after: 2, around: 1, newest: 1 });
      const work =
        how === 'before'
          ? messages.loadBefore()
          : how === 'after'
            ? messages.loadAfter()
            : how === 'newest'
              ? messages.load()
              : messages.loadAround(chance.whole(1, rows.at(-1)?.seq ?? 1));
      world.attempt(device, action, work);
      return `${label} ${how}`;
    }
  }
}

function resendOrDiscard(device: Device, chance: Chance): string | null {
  for (const [messageId, id] of device.sent) {
    const messages = device.client().messages(id);
    const row = messages.getSnapshot().messages.find((it) => it.id === messageId);
    if (row?.status !== 'failed') continue;
    if (chance.happens(0.7)) messages.resend(messageId);
    else {
      messages.discard(messageId);
      device.sent.delete(messageId);
    }
    return messageId;
  }
  return null;
}

function disturb(world: World, chance: Chance, device: Device, action: Action): string | null {
  const line = device.line();
  const direction = chance.pick(['up', 'down'] as const) ?? 'up';
  const slot = chance.whole(0, world.fleet.nodes().length - 1);
  switch (action) {
    case 'cut':
      if (line === null) return null;
      line.cut();
      return '';
    case 'halfOpen':
      if (line === null) return null;
      line.kill(direction);
      return direction;
    case 'stall':
      if (line === null) return null;
      line.stall(direction);
      return direction;
    case 'resume':
      line?.resume();
      return '';
    case 'offline':
    case 'tunnel':
      if (!device.isOnline()) return null;
      device.setOnline(false, action === 'offline');
      if (chance.happens(0.5)) line?.cut();
      return '';
    case 'online': {
      const away = world.devices.filter((it) => !it.isOnline());
      chance.pick(away)?.setOnline(true, true);
      return away.length > 0 ? '(somebody)' : null;
    }
    case 'crash': {
      const point = chance.pick(['beforeCommit', 'afterCommit', 'beforePublish'] as const);
      return world.fleet.arm(slot, point ?? 'afterCommit');
    }
    case 'die':
      return world.fleet.crash(slot, 'between commands');
    case 'restart':
      return world.fleet.restart(slot);
    case 'partition':
      return world.fleet.hub.cutOff(slot) ? `near ${slot}` : null;
    case 'join': {
      const told = chance.happens(0.5);
      world.fleet.hub.join(told);
      return told ? 'told' : 'silently';
    }
    case 'refuse': {
      const ms = chance.whole(20_000, 60_000);
      world.fleet.refuse(ms);
      return `${ms} ms`;
    }
    case 'backup':
      world.database.backUp();
      return '';
    case 'restore':
      return world.restore();
    case 'clock': {
      const ms = chance.pick([0, 3_600_000, -3_600_000, 20_000, -20_000, 86_400_000]) ?? 0;
      device.setSkew(ms);
      return `${ms} ms`;
    }
    case 'browser': {
      const lost = chance.whole(0, 4);
      world.crashBrowser(device, lost);
      return `without its newest ${lost} writes`;
    }
    default: {
      const crashes = chance.happens(0.5);
      device.reload(crashes);
      return crashes ? 'after a crash' : '';
    }
  }
}
