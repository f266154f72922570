/** Holds names and pictures of people and groups: PROFILE. */
import type { ConversationId, FileId, MessageId } from '@natter/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  leave,
  newDirect,
  newGroup,
  newId,
  newPerson,
  type Person,
  post,
  setRole,
  signToken,
} from './people.ts';
import { type Cluster, startCluster } from './topology.ts';
import { blackPng, read, upload } from './uploading.ts';

/** Names are the people's. */
let cluster: Cluster;
/** Names are the token's, as it is without a setting. */
let hosted: Cluster;
let ada: Person;
let bob: Person;
let eve: Person;

beforeAll(async () => {
  [cluster, hosted] = await Promise.all([
    startCluster({ NATTER_PROFILES: 'editable' }),
    startCluster(),
  ]);
});
afterEach(leave);
afterAll(() => Promise.all([cluster.stop(), hosted.stop()]));

async function people(of = cluster): Promise<void> {
  [ada, bob, eve] = await Promise.all([
    newPerson(of.url, 'Ada'),
    newPerson(of.url, 'Bob'),
    newPerson(of.url, 'Eve'),
  ]);
}

async function put(person: Person, bytes: Uint8Array = blackPng(8, 8), of = cluster) {
  const uploaded = await upload(of.url(), person.token, 'picture.png', bytes);
  expect(uploaded.error).toBeNull();
  return uploaded.fileId;
}

/** Status of the original and of the thumbnail. */
async function statuses(person: Person, fileId: FileId, of = cluster): Promise<number[]> {
  const answers = await Promise.all(
    ['', '/thumbnail'].map((variant) => read(of.url(), person.token, fileId, variant)),
  );
  return answers.map(({ status }) => status);
}

describe('a profile', () => {
  test('[PROFILE1] name and picture change alone or together, and what is left out stays', async () => {
    await people();
    const picture = await put(ada);
    const named = await ada.call('updateProfile', { name: '  Ada Countess ' });
    expect(named.user).toMatchObject({ id: ada.id, name: 'Ada Countess', picture: null });
    await ada.call('updateProfile', { picture });
    const { users } = await bob.call('getUsers', { ids: [ada.id] });
    expect(users).toMatchObject([{ name: 'Ada Countess', picture }]);
    const both = await ada.call('updateProfile', { name: 'Ada', picture: null });
    expect(both.user).toMatchObject({ name: 'Ada', picture: null });
    expect(await ada.refused('updateProfile', {})).toMatchObject({ code: 'badRequest' });
    expect(await ada.refused('updateProfile', { name: ' ' })).toMatchObject({ code: 'badRequest' });
  });

  test('[PROFILE2] a picture is an unused image of one’s own, and cannot be sent', async () => {
    await people();
    const group = await newGroup(ada, [bob]);
    const send = (fileId: FileId) => ({
      id: newId<MessageId>(),
      conversationId: group,
      content: '',
      fileIds: [fileId],
    });
    const [sent, theirs, text] = [
      await put(ada),
      await put(bob),
      await put(ada, Buffer.from('no picture')),
    ];
    await ada.call('sendMessage', send(sent));
    for (const picture of [sent, theirs, newId<FileId>()]) {
      const refused = { code: 'badRequest', retry: 'never' };
      expect(await ada.refused('updateProfile', { picture })).toMatchObject(refused);
      const change = { conversationId: group, picture };
      expect(await ada.refused('updateConversation', change)).toMatchObject(refused);
    }
    expect(await ada.refused('updateProfile', { picture: text })).toMatchObject({
      code: 'unsupportedFile',
      status: 415,
    });
    const picture = await put(ada);
    await ada.call('updateProfile', { picture });
    expect(await ada.refused('sendMessage', send(picture))).toMatchObject({ code: 'badRequest' });
    expect(
      await ada.refused('updateConversation', { conversationId: group, picture }),
    ).toMatchObject({ code: 'badRequest' });
  });

  test('[PROFILE2][PROFILE3] a picture is seen by whoever finds the person, until it is replaced', async () => {
    await people();
    const [first, second] = [await put(ada), await put(ada, blackPng(9, 9))];
    expect(await statuses(eve, first)).toEqual([404, 404]);
    await ada.call('updateProfile', { picture: first });
    expect(await statuses(eve, first)).toEqual([200, 200]);
    expect((await read(cluster.url(), null, first)).status).toBe(401);
    await ada.call('updateProfile', { picture: second });
    expect(await statuses(eve, first)).toEqual([404, 404]);
    expect(await statuses(ada, first)).toEqual([404, 404]);
    expect(await statuses(eve, second)).toEqual([200, 200]);
    await ada.call('updateProfile', { picture: null });
    expect(await statuses(eve, second)).toEqual([404, 404]);
  });

  test('[PROFILE4] a name that somebody chose stands, whatever the token says later', async () => {
    await people();
    await ada.call('updateProfile', { name: 'Countess' });
    const token = await signToken({ sub: ada.id, name: 'Another Name' });
    const { body } = await post(cluster.url(), 'hello', { token });
    expect(body).toMatchObject({ name: 'Countess', nameEditable: true, picture: null });
    const group = await newGroup(ada, [bob]);
    await ada.say(group, 'hi');
    const page = await bob.call('getMessages', { conversationId: group });
    expect(page.messages.at(-1)?.senderName).toBe('Countess');
  });

  test('[PROFILE4] where names are the token’s, only the picture is one’s own to change', async () => {
    await people(hosted);
    const wire = await ada.connect();
    expect(wire.hello).toMatchObject({ name: 'Ada', nameEditable: false });
    const picture = await put(ada, undefined, hosted);
    expect(await ada.refused('updateProfile', { name: 'Countess', picture })).toMatchObject({
      code: 'forbidden',
      retry: 'never',
    });
    const { user } = await ada.call('updateProfile', { picture });
    expect(user).toMatchObject({ name: 'Ada', picture });
    const token = await signToken({ sub: ada.id, name: 'Ada King' });
    const { body } = await post(hosted.url(), 'hello', { token });
    expect(body).toMatchObject({ name: 'Ada King', picture });
  });

  test('[PROFILE5] a change is told to one’s other devices and to who watches, and to nobody else', async () => {
    await people();
    await newDirect(ada, bob);
    await newDirect(ada, eve);
    const phone = await ada.connect();
    const laptop = await ada.connect();
    const watching = await bob.connect({ watch: { conversationIds: [], userIds: [ada.id] } });
    const other = await eve.connect();
    const picture = await put(ada);
    await phone.call('updateProfile', { name: 'Countess', picture });
    const told = { type: 'userUpdated', userId: ada.id, data: { name: 'Countess', picture } };
    expect(await laptop.next('userUpdated')).toEqual(told);
    expect(await watching.next('userUpdated')).toEqual(told);
    // The same again is no news.
    await phone.call('updateProfile', { name: 'Countess', picture });
    await phone.call('updateProfile', { name: 'Ada' });
    expect((await watching.next('userUpdated')).data).toEqual({ name: 'Ada', picture });
    await Promise.all([phone, other].map((wire) => wire.call('getUsers', { ids: [] })));
    const heard = (wire: typeof phone) => wire.events.filter(({ type }) => type === 'userUpdated');
    expect(heard(phone)).toEqual([]);
    expect(heard(other)).toEqual([]);
    expect(heard(watching)).toHaveLength(2);
  });

  test('[PROFILE5] who comes back is told with the answer how the watched show now', async () => {
    await people();
    await newDirect(ada, bob);
    const picture = await put(ada);
    await ada.call('updateProfile', { name: 'Countess', picture });
    const watch = { conversationIds: [], userIds: [ada.id] };
    const shown = { userId: ada.id, name: 'Countess', picture };
    const wire = await bob.connect({ watch });
    expect(wire.hello.presence).toMatchObject([shown]);
    expect((await bob.call('watch', watch)).presence).toMatchObject([shown]);
    const { entries } = await bob.call('getConversations', {});
    expect(entries[0]?.peer).toMatchObject(shown);
  });

  test('[PROFILE6] changes of one profile have a rate of their own', async () => {
    await people();
    let refusal: Awaited<ReturnType<Person['refused']>> | null = null;
    for (let at = 0; at < 100 && refusal === null; at++) {
      refusal = await ada.call('updateProfile', { name: `Ada ${at}` }).then(
        () => null,
        () => ada.refused('updateProfile', { name: 'Ada' }),
      );
    }
    expect(refusal).toMatchObject({ code: 'rateLimited', retry: 'later' });
    expect(refusal?.retryAfterMs).toBeGreaterThan(0);
    await ada.call('getUsers', { ids: [] });
    await bob.call('updateProfile', { name: 'Bobby' });
  });
});

describe('the picture of a group', () => {
  test('[PROFILE1] is one version and a line after it, told to every member', async () => {
    await people();
    const conversationId = await newGroup(ada, [bob], 'Walkers');
    const wire = await bob.connect();
    const picture = await put(ada);
    const { conversation } = await ada.call('updateConversation', { conversationId, picture });
    // The change, then the line about it.
    expect(conversation).toMatchObject({ name: 'Walkers', picture, version: 5 });
    const event = await wire.next('conversationUpdated');
    expect(event).toMatchObject({
      conversationId,
      version: 4,
      data: { conversation: { name: 'Walkers', picture, version: 4 } },
    });
    const line = { type: 'system', system: { kind: 'pictureChanged' } };
    expect(await wire.next('newMessage')).toMatchObject({ version: 5, message: line });
    const changes = await bob.call('getChanges', { conversationId, from: 3 });
    expect(changes.entry.conversation).toMatchObject({ name: 'Walkers', picture });
    expect(await ada.refused('updateConversation', { conversationId })).toMatchObject({
      code: 'badRequest',
    });
  });

  test('[PROFILE1][ROLES1] needs updateDetails, as the name does', async () => {
    await people();
    const conversationId = await newGroup(ada, [bob]);
    const picture = await put(bob);
    const set = { conversationId, picture };
    expect(await bob.refused('updateConversation', set)).toMatchObject({ code: 'forbidden' });
    await setRole(ada, conversationId, bob, 'admin');
    await bob.call('updateConversation', set);
    const direct: ConversationId = await newDirect(ada, bob);
    expect(
      await ada.refused('updateConversation', { conversationId: direct, picture: null }),
    ).toMatchObject({ code: 'forbidden' });
  });

  test('[PROFILE3][CLOSE4] is seen by members, at the moment of reading', async () => {
    await people();
    const conversationId = await newGroup(ada, [bob]);
    const picture = await put(ada);
    await ada.call('updateConversation', { conversationId, picture });
    expect(await statuses(bob, picture)).toEqual([200, 200]);
    expect(await statuses(eve, picture)).toEqual([404, 404]);
    await ada.call('removeMember', { conversationId, userId: bob.id });
    expect(await statuses(bob, picture)).toEqual([404, 404]);
    await ada.call('updateConversation', { conversationId, picture: null });
    expect(await statuses(ada, picture)).toEqual([404, 404]);
  });
});
