/** Owns holding back what a page waits for, until a test lets it through. Nothing of it is made up or changed. */
import type { Page } from 'playwright-core';

export interface Held {
  /** From then on nothing is held. */
  release(): Promise<void>;
}

/** The bytes of pictures. */
export async function holdPictures(page: Page): Promise<Held> {
  const { promise: released, resolve } = Promise.withResolvers<void>();
  const path = '**/v1/files/**';
  await page.route(path, async (route) => {
    await released;
    // Nobody may want it any more.
    await route.continue().catch(() => {});
  });
  return {
    async release() {
      resolve();
      await page.unroute(path);
    },
  };
}

/** Answers with older messages. The page has to be loaded after this. */
export async function holdOlder(page: Page): Promise<Held & { isAsked(): boolean }> {
  const { promise: released, resolve } = Promise.withResolvers<void>();
  let asked = false;
  await page.routeWebSocket('**/v1/socket', (socket) => {
    const server = socket.connectToServer();
    const held = new Set<number>();
    socket.onMessage((frame) => {
      const call = JSON.parse(String(frame)) as { id: number; method: string; params?: object };
      if (call.method === 'getMessages' && 'before' in (call.params ?? {})) {
        held.add(call.id);
        asked = true;
      }
      server.send(frame);
    });
    server.onMessage(async (frame) => {
      if (held.has((JSON.parse(String(frame)) as { id?: number }).id ?? -1)) await released;
      socket.send(frame);
    });
  });
  return {
    isAsked: () => asked,
    async release() {
      resolve();
    },
  };
}
