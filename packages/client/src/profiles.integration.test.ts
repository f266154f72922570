/** Names, pictures and roles: changed here, seen there, on the real server. */
import { type FileId, type Member, NatterError, type UserId } from '@natter/protocol';
import { describe, expect, it } from 'vitest';
import type { ChatClient, Store } from './contract.ts';
import { onePixel, synced, until, useRealServer } from './realServer.suite.ts';

const server = useRealServer({ profiles: 'editable' });
const ben = 'ben' as UserId;
const eve = 'eve' as UserId;

async function signIn(name: string): Promise<ChatClient> {
  const client = server.client(name);
  await synced(client);
  return client;
}

async function withGroup() {
  const [ada, benHere, eveHere] = await Promise.all([signIn('Ada'), signIn('Ben'), signIn('Eve')]);
  const id = await ada.conversations.createGroup({ name: 'Birds', userIds: [ben, eve] });
  for (const client of [benHere, eveHere])
    await until(client.conversations, () => client.conversations.get(id));
  return { ada, ben: benHere, eve: eveHere, id };
}

const refusalOf = (work: Promise<unknown>): Promise<NatterError> =>
  work.then(
    () => {
      throw new Error('it was not refused');
    },
    (cause) => {
      if (cause instanceof NatterError) return cause;
      throw cause;
    },
  );

async function rolesIn(client: ChatClient, id: Parameters<ChatClient['messages']>[0]) {
  const { members } = await client.conversations.getMembers(id);
  return Object.fromEntries(members.map(({ userId, role }: Member) => [userId, role]));
}

describe('my profile', () => {
  it('[PROFILE1] a new name and picture are mine at once, and the picture can be read', async () => {
    const ada = await signIn('Ada');
    const told: number[] = [];
    const picture = onePixel;
    await ada.updateProfile({ name: '  Ada Lovelace ', picture }, (share) => told.push(share));
    expect(told.at(-1)).toBe(1);
    const me = ada.me.getSnapshot();
    expect(me?.name).toBe('Ada Lovelace');
    expect((await ada.uploads.fetchFile(me?.picture as FileId, 'thumbnail')).size).toBeGreaterThan(
      0,
    );
    await ada.updateProfile({ picture: null });
    expect(ada.me.getSnapshot()).toMatchObject({ name: 'Ada Lovelace', picture: null });
  });

  it('[PROFILE5] another device of mine and whoever has me in view see it as it happens', async () => {
    const [ada, otherDevice, benHere] = await Promise.all([
      signIn('Ada'),
      signIn('Ada'),
      signIn('Ben'),
    ]);
    const id = await ada.conversations.createDirect(ben);
    await until(benHere.conversations, () => benHere.conversations.get(id));
    benHere.presence.watch(['ada' as UserId]);
    await until(benHere.presence, (people) => people.get('ada' as UserId)?.online);
    benHere.messages(id).subscribe(() => {});
    await ada.updateProfile({ name: 'Countess', picture: onePixel });
    const item = await until(benHere.conversations, () => {
      const found = benHere.conversations.get(id);
      return found?.title === 'Countess' ? found : null;
    });
    expect(item.peer?.picture).toBe(ada.me.getSnapshot()?.picture);
    expect(
      (await benHere.uploads.fetchFile(item.peer?.picture as FileId, 'thumbnail')).size,
    ).toBeGreaterThan(0);
    const receipt = await until(benHere.receipts(id), (all) => all.get('ada' as UserId));
    expect(receipt).toMatchObject({ name: 'Countess', picture: item.peer?.picture });
    expect(await until(otherDevice.me, (me) => me?.name === 'Countess' && me)).toMatchObject({
      picture: item.peer?.picture,
    });
  });

  it('[PROFILE2] what is no image is refused, and leaves me as I was', async () => {
    const ada = await signIn('Ada');
    const before = ada.me.getSnapshot();
    const text = new Blob(['no image'], { type: 'image/png' });
    const { code } = await refusalOf(ada.updateProfile({ name: 'Other', picture: text }));
    expect(code).toBe('unsupportedFile');
    expect(ada.me.getSnapshot()).toBe(before);
  });
});

describe('a group', () => {
  it('[PROFILE1] its name and picture change for everybody, each told as a line', async () => {
    const { ada, ben: benHere, id } = await withGroup();
    benHere.messages(id).subscribe(() => {});
    await ada.conversations.update(id, { name: 'Seabirds', picture: onePixel });
    const { title, conversation } = ada.conversations.get(id) ?? {};
    expect(title).toBe('Seabirds');
    const seen = await until(benHere.conversations, () => {
      const found = benHere.conversations.get(id);
      return found?.title === 'Seabirds' ? found : null;
    });
    expect(seen.conversation.picture).toBe(conversation?.picture);
    expect(
      (await benHere.uploads.fetchFile(seen.conversation.picture as FileId)).size,
    ).toBeGreaterThan(0);
    const lines = await until(
      benHere.messages(id),
      ({ messages }) => messages.length === 2 && messages,
    );
    expect(lines.map(({ system }) => system?.kind)).toEqual(['renamed', 'pictureChanged']);
    await ada.conversations.update(id, { picture: null });
    await until(
      benHere.conversations,
      () => benHere.conversations.get(id)?.conversation.picture === null,
    );
    expect(benHere.conversations.get(id)?.title).toBe('Seabirds');
  });

  it('[ROLES3] who is given a role sees it at once and may do what it allows; who is not may not', async () => {
    const { ada, ben: benHere, id } = await withGroup();
    const { code } = await refusalOf(benHere.conversations.rename(id, 'Mine'));
    expect(code).toBe('forbidden');
    await ada.conversations.setRole(id, ben, 'admin');
    const role = (wanted: string) =>
      until(benHere.conversations, () => benHere.conversations.get(id)?.role === wanted);
    await role('admin');
    await benHere.conversations.rename(id, 'Ours');
    expect(benHere.conversations.get(id)?.title).toBe('Ours');
    await ada.conversations.setRole(id, ben, 'member');
    await role('member');
    expect(await rolesIn(ada, id)).toEqual({ ada: 'owner', ben: 'member', eve: 'member' });
  });

  it('[ROLES10] a role for somebody who has just left brings nobody back', async () => {
    const { ada, eve: eveHere, id } = await withGroup();
    await eveHere.conversations.leave(id);
    expect((await refusalOf(ada.conversations.setRole(id, eve, 'admin'))).code).toBe('notFound');
    expect(await rolesIn(ada, id)).toEqual({ ada: 'owner', ben: 'member' });
    expect(eveHere.conversations.get(id)).toBeNull();
  });

  it('[ROLES4] when the last owner leaves, who follows learns that they are owner now', async () => {
    const { ada, ben: benHere, eve: eveHere, id } = await withGroup();
    await ada.conversations.setRole(id, eve, 'admin');
    await ada.conversations.leave(id);
    const owner: Store<unknown> = eveHere.conversations;
    await until(owner, () => eveHere.conversations.get(id)?.role === 'owner');
    expect(await rolesIn(benHere, id)).toEqual({ ben: 'member', eve: 'owner' });
  });
});
