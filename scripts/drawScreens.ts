/**
 * Draws the pictures of `docs/images/`: `npm run draw:screens`. It starts the real program with its demo people and looks
 * at it in Chromium, which `NATTER_TEST_CHROMIUM` names, or `/usr/bin/chromium`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { startProgram, temporaryFolder } from '../tests/conformance/program.ts';
import { buildWeb } from './buildWeb.ts';

const folder = 'docs/images';
const bytesMax = 120_000;
const group = 'Saturday hikers';

const desktop: BrowserContextOptions = { viewport: { width: 1_280, height: 800 } };
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

interface Screen extends BrowserContextOptions {
  name: string;
  /** What is done before it is drawn; signed in, with the list before one. */
  act: (page: Page) => Promise<void>;
}

const screens: readonly Screen[] = [
  { name: 'app-desktop-light', ...desktop, act: open },
  { name: 'app-desktop-dark', ...desktop, colorScheme: 'dark', act: open },
  { name: 'app-phone-light', ...phone, act: open },
  { name: 'app-phone-dark', ...phone, colorScheme: 'dark', act: async () => {} },
  { name: 'app-desktop-arabic', ...desktop, locale: 'ar', act: open },
  { name: 'app-viewer', ...desktop, act: lookAtPicture },
  { name: 'app-details', ...desktop, act: lookAtDetails },
  { name: 'app-offline', ...phone, act: loseNetwork },
];

async function open(page: Page): Promise<void> {
  await page.getByRole('listitem').getByRole('button').filter({ hasText: group }).click();
  await page.getByRole('log').getByRole('article').first().waitFor();
  await drawn(page);
}

async function lookAtPicture(page: Page): Promise<void> {
  await open(page);
  const picture = page.getByRole('log').locator('.natter-image').last();
  await picture.click();
  await page.locator('.natter-viewer img[data-sharp="true"]').waitFor();
  await drawn(page);
}

async function lookAtDetails(page: Page): Promise<void> {
  await open(page);
  await page.getByTitle('Show details').click();
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
  await drawn(page);
}

async function loseNetwork(page: Page): Promise<void> {
  await open(page);
  await page.context().setOffline(true);
  await page
    .getByRole('status')
    .filter({ hasText: 'You are offline' })
    .waitFor({ timeout: 60_000 });
  await page.locator('.natter-composer textarea').fill('Platform 4?');
  await page.locator('.natter-send').click();
  await drawn(page);
}

/** What is loaded on demand is there, and pictures are decoded. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(`(async () => {
    for (let frames = 0; frames < 30; frames++) await new Promise(requestAnimationFrame);
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  })()`);
}

/** One font on every machine, and no other choice of its own. */
const fonts = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include>/etc/fonts/fonts.conf</include>
${['system-ui', 'sans-serif']
  .map(
    (family) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>Liberation Sans</string></edit></match>`,
  )
  .join('\n')}
</fontconfig>`;

buildWeb();
const data = await temporaryFolder();
const own = await mkdtemp(join(tmpdir(), 'natter-screens-'));
const fontsFile = join(own, 'fonts.conf');
await writeFile(fontsFile, fonts);
const program = await startProgram(data.path, { NATTER_DEMO: '1' });
const browser = await chromium.launch({
  executablePath: process.env.NATTER_TEST_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
  env: { ...process.env, FONTCONFIG_FILE: fontsFile },
});
try {
  while (!program.output().includes('Natter is running'))
    await new Promise((later) => setTimeout(later, 100));
  for (const { name, act, ...device } of screens) await draw(name, act, device);
} finally {
  await browser.close();
  await program.stop();
  await Promise.all([data.remove(), rm(own, { recursive: true })]);
}

async function draw(
  name: string,
  act: Screen['act'],
  device: BrowserContextOptions,
): Promise<void> {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    baseURL: program.url,
    ...device,
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button').filter({ hasText: 'Ada Okafor' }).click();
  await page.getByRole('listitem').first().waitFor();
  await drawn(page);
  await act(page);
  const png = await sharp(await page.screenshot({ caret: 'hide' }))
    .png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 })
    .toBuffer();
  if (png.length > bytesMax)
    throw new Error(`unable to keep ${name}: ${png.length} bytes are more than ${bytesMax}`);
  await writeFile(`${folder}/${name}.png`, png);
  console.log(`${name}: ${png.length} bytes`);
  await context.close();
}
