/** Owns what every database must do. Each adapter runs this same suite. */
import { afterAll, beforeAll, describe } from 'vitest';
import type { Storage } from './contract.ts';
import { changes } from './suite/changes.suite.ts';
import { conversations } from './suite/conversations.suite.ts';
import { cursors } from './suite/cursors.suite.ts';
import { files } from './suite/files.suite.ts';
import { heads } from './suite/heads.suite.ts';
import { members } from './suite/members.suite.ts';
import { messages } from './suite/messages.suite.ts';
import { paging } from './suite/paging.suite.ts';
import { profiles } from './suite/profiles.suite.ts';
import { revocations } from './suite/revocations.suite.ts';
import { roles } from './suite/roles.suite.ts';
import { systemLines } from './suite/systemLines.suite.ts';
import { users } from './suite/users.suite.ts';
import { createWorld, type OpenStorage, testRuntime, type World } from './suite/world.suite.ts';

/** `open` gives an empty database each time. */
export function describeStorage(name: string, open: OpenStorage): void {
  describe(`storage: ${name}`, () => {
    let storage: Storage;
    let world: World;
    beforeAll(async () => {
      storage = await open({ runtime: testRuntime });
      world = createWorld(storage);
    });
    afterAll(() => storage.close());

    const theWorld = () => world;
    describe('people', () => users(theWorld));
    describe('conversations', () => conversations(theWorld));
    describe('members', () => members(theWorld, open));
    describe('roles', () => roles(theWorld));
    describe('system lines', () => systemLines(theWorld));
    describe('messages', () => messages(theWorld));
    describe('cursors', () => cursors(theWorld));
    describe('paging', () => paging(theWorld));
    describe('changes', () => changes(theWorld));
    describe('heads', () => heads(theWorld));
    describe('files', () => files(theWorld));
    describe('profiles', () => profiles(theWorld));
    describe('revocations', () => revocations(theWorld));
  });
}
