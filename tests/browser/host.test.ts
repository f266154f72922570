/** The example of `docs/examples/host`: the kit in somebody else's Vite application, from what is published, themed in ten lines. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { SignJWT } from 'jose';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Program, startProgram, temporaryFolder } from '../conformance/program.ts';
import { useBrowser } from './browser.ts';

const example = 'docs/examples/host';
const secret = 'a secret of the shop that is long enough for HS256';
const browser = useBrowser();

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let program: Program;
let shop: Shop;

beforeAll(async () => {
  folder = await temporaryFolder();
  shop = await openShop();
  program = await startProgram(folder.path, {
    NATTER_AUTH_SECRET: secret,
    NATTER_ORIGINS: shop.url,
  });
  buildPackages();
  run('node_modules/vite/bin/vite.js', ['build', '--config', `${example}/vite.config.ts`], {
    VITE_CHAT_URL: program.url,
  });
}, 240_000);

afterAll(async () => {
  await program.stop();
  await shop.close();
  await folder.remove();
});

test('a shop has a chat in it: two of its customers talk', async () => {
  const [ada, grace] = await Promise.all([visit('ada', 'Ada'), visit('grace', 'Grace')]);
  await ada.getByRole('button', { name: 'New conversation' }).first().click();
  await ada.getByRole('option', { name: /^Grace/ }).click();
  await ada.getByRole('textbox', { name: 'Message' }).fill('Is it the dark one?');
  await ada.keyboard.press('Enter');
  await grace.getByRole('listitem').getByRole('button', { name: /Ada/ }).click();
  await grace.getByRole('article').getByText('Is it the dark one?').waitFor();
  await Promise.all([ada, grace].map((page) => page.context().close()));
});

test('ten lines of CSS give the chat the look of the shop, and neither look reaches into the other', async () => {
  const lines = readFileSync(`${example}/theme.css`, 'utf8').split('\n');
  expect(
    lines.filter((line) => line.trim() !== '' && !line.startsWith('/*')).length,
  ).toBeLessThanOrEqual(10);

  const page = await visit('ada', 'Ada');
  const compose = page.getByRole('button', { name: 'New conversation' }).first();
  await compose.click();
  const group = page.getByRole('radio', { name: 'Group' });
  await group.check();
  const create = page.getByRole('button', { name: 'Create group' });
  expect(await styleOf(create, 'background-color')).toBe('rgb(138, 75, 0)');
  expect(await styleOf(create, 'border-top-left-radius')).toBe('4px');
  expect(await styleOf(create, 'text-transform')).toBe('none');
  await page.keyboard.press('Escape');
  expect(await styleOf(page.locator('.natter'), 'font-family')).toBe('Georgia, serif');
  const basket = page.getByRole('button', { name: 'Put it into the basket' });
  expect(await styleOf(basket, 'text-transform')).toBe('uppercase');
  expect(await styleOf(basket, 'border-top-style')).toBe('double');
  expect(await styleOf(page.locator('html'), 'color-scheme')).toBe('normal');
  expect(await styleOf(page.getByRole('heading', { name: 'Heather honey' }), 'font-size')).toBe(
    '40px',
  );
  await page.context().close();
});

test('what the shop does not theme looks as the kit has it, by day and by night, for whatever browsers the shop is built', async () => {
  const page = await visit('ada', 'Ada');
  const chat = page.locator('.natter');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await styleOf(chat, 'color')).toBe('rgb(26, 26, 32)');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await styleOf(chat, 'color')).toBe('rgb(236, 236, 242)');
  await page.context().close();
});

/** On one of the shop's pages, signed in there. */
async function visit(sub: string, name: string): Promise<Page> {
  const context = await browser().newContext({ viewport: { width: 1_100, height: 720 } });
  const page = await context.newPage();
  // Whom its page signs in as: the shop's own business.
  await context.addCookies([{ name: 'customer', value: `${sub}.${name}`, url: shop.url }]);
  await page.goto(shop.url);
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await list.getByText('No conversations yet').or(list.getByRole('listitem')).first().waitFor();
  return page;
}

interface Shop {
  url: string;
  close(): Promise<void>;
}

/** The shop's server: its built pages, and tokens for whoever is signed in there. */
async function openShop(): Promise<Shop> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://shop');
    if (pathname === '/chat-token') {
      const [sub = '', name = ''] = (request.headers.cookie ?? '')
        .replace('customer=', '')
        .split('.');
      void tokenOf(sub, name).then((token) => response.end(token));
      return;
    }
    const file = join(example, 'dist', pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': mediaTypes[extname(file)] ?? 'text/plain' });
    return response.end(readFileSync(file));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

const mediaTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

function tokenOf(sub: string, name: string): Promise<string> {
  return new SignJWT({ name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
}

function styleOf(locator: ReturnType<Page['locator']>, property: string): Promise<string> {
  return locator.evaluate(
    (element, name) => getComputedStyle(element).getPropertyValue(name),
    property,
  );
}

/** What the packages publish, unless it is there and newer than its sources: `npm test` has just built it. */
function buildPackages(): void {
  const built = 'packages/ui/dist/index.js';
  const sources = globSync('packages/{protocol,client,react,ui}/src/**/*');
  const isCurrent =
    existsSync(built) && sources.every((file) => statSync(file).mtimeMs <= statSync(built).mtimeMs);
  if (!isCurrent) run('scripts/build.ts', []);
}

function run(script: string, args: readonly string[], env: Record<string, string> = {}): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  if (status !== 0) throw new Error(`unable to run ${script}:\n${stdout}${stderr}`);
}
