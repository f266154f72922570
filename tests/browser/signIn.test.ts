/** Signing in with a token of a host application: typed, brought by a link, refused, expired. */
import { english } from '@natter/ui';
import { type JWTPayload, SignJWT } from 'jose';
import { describe, expect } from 'vitest';
import { texts } from '../../apps/web/src/texts/english.ts';
import { useApp } from './app.ts';
import { useBrowser } from './browser.ts';
import { type Device, openTab, type Person } from './person.ts';
import { soon } from './soon.ts';
import { createStory } from './story.ts';
import { violations } from './violations.ts';

const secret = 'a secret that the host and the chat share, and nobody else';
const app = useApp({ NATTER_AUTH_SECRET: secret });
const story = createStory(app, useBrowser());
const say = texts.signIn;

function tokenOf(sub: string, claims: JWTPayload = {}, key = secret): Promise<string> {
  return new SignJWT({ name: `${sub} of the shop`, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .sign(new TextEncoder().encode(key));
}

const now = () => Math.floor(Date.now() / 1_000);
const field = ({ page }: Person) => page.getByRole('textbox', { name: say.token });
const alert = ({ page }: Person) => page.getByRole('alert');
const isIn = (person: Person, sub: string) =>
  person.page.getByText(`${sub} of the shop`, { exact: true }).waitFor();

async function enter(person: Person, token: string): Promise<void> {
  await person.button(say.show).click();
  await field(person).fill(token);
  await person.page.keyboard.press('Enter');
}

describe('a token', () => {
  story('signs in, is remembered, and is for every tab', async ({ openDevice }) => {
    const device = await openDevice();
    await enter(device, await tokenOf('ann'));
    await isIn(device, 'ann');
    await device.page.reload();
    await isIn(device, 'ann');
    await isIn(await openTab(device), 'ann');
  });

  const devices: Device[] = [
    { size: 'desktop', colorScheme: 'light' },
    { size: 'phone', colorScheme: 'dark' },
  ];
  for (const device of devices) {
    story(
      `that is refused says why and what to do, keeps the field, and can be mended (${device.size})`,
      async ({ openDevice }) => {
        const person = await openDevice(device);
        await field(person).or(person.page.getByLabel(say.token)).first().waitFor();
        expect(await violations(person)).toEqual([]);
        await enter(person, 'half a tok');
        await alert(person).getByText(say.refusals.malformed.title).waitFor();
        expect(await field(person).inputValue()).toBe('half a tok');
        expect(await violations(person)).toEqual([]);

        for (const [token, { title }] of [
          [await tokenOf('ben', { exp: now() - 60 }), say.refusals.expired],
          [await tokenOf('ben', {}, `${secret} else`), say.refusals.notAccepted],
        ] as const) {
          await field(person).fill(token);
          await person.button(say.tokenSubmit).click();
          await alert(person).getByText(title).waitFor();
        }
        expect(await person.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
        await field(person).fill(await tokenOf('ben'));
        await person.button(say.tokenSubmit).click();
        await person.page.getByText(english.conversations.empty).waitFor();
      },
    );
  }

  story(
    'that ends while it is used leaves the chat on the screen, and leads to the reason',
    async ({ openDevice }) => {
      const person = await openDevice();
      // The server closes at its end, with five seconds of tolerance.
      await enter(person, await tokenOf('cleo', { exp: now() + 5 }));
      await person.page.getByText(english.connection.signedOut).waitFor({ timeout: 30_000 });
      await isIn(person, 'cleo');
      await person.button(english.connection.signIn).click();
      await alert(person).getByText(say.refusals.expired.title).waitFor();
      await enter(person, await tokenOf('cleo'));
      await isIn(person, 'cleo');
    },
  );

  story('waits on the page while the server is away, and then signs in', async ({ openDevice }) => {
    const person = await openDevice();
    await person.button(say.show).waitFor();
    await person.context.setOffline(true);
    await enter(person, await tokenOf('dora'));
    await person.page.getByText(say.unreachable).waitFor();
    await person.context.setOffline(false);
    await isIn(person, 'dora');
  });
});

describe('a link with a token', () => {
  story('signs in, and leaves no token in the address or the history', async ({ openDevice }) => {
    const device = await openDevice();
    const token = await tokenOf('eli');
    const tab = await openTab(device, `/#token=${token}`);
    await isIn(tab, 'eli');
    expect(tab.page.url()).not.toContain('token');
    await tab.page.goBack();
    await soon(async () => tab.page.url()).not.toContain('token');
  });

  story(
    'into an open page asks before it makes somebody another person',
    async ({ openDevice }) => {
      const person = await openDevice();
      await enter(person, await tokenOf('fay'));
      await isIn(person, 'fay');
      const bring = async (sub: string) => {
        const token = await tokenOf(sub);
        await person.page.evaluate((hash) => {
          location.hash = hash;
        }, `#token=${token}`);
      };
      await bring('gus');
      const question = person.page.getByRole('alertdialog', {
        name: say.offerTitle('gus of the shop'),
      });
      await question.waitFor();
      expect(await violations(person)).toEqual([]);
      await person.button(say.offerStay, question).click();
      await question.waitFor({ state: 'detached' });
      await isIn(person, 'fay');

      await bring('gus');
      await person.button(say.offerTake, question).click();
      await isIn(person, 'gus');
      expect(person.page.url()).not.toContain('token');
    },
  );
});
