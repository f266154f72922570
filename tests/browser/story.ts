/** Owns a test with people in it: gives them devices, and when it fails keeps what their screens showed. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { test } from 'vitest';
import type { App, PersonId } from './app.ts';
import { type Device, openDevice, type Person, signIn } from './person.ts';

export interface Stage {
  /** A device on which nobody is signed in yet. */
  openDevice(device?: Device): Promise<Person>;
  /** Signed in, with the list before them. */
  openPerson(id: PersonId, device?: Device): Promise<Person>;
}

export function createStory(app: App, browser: () => Browser) {
  return (title: string, act: (stage: Stage) => Promise<void>, timeoutMs?: number): void => {
    test(title, () => play(app, browser(), act), timeoutMs);
  };
}

async function play(app: App, browser: Browser, act: (stage: Stage) => Promise<void>) {
  const people: Person[] = [];
  const stage: Stage = {
    async openDevice(device) {
      const opened = await openDevice(browser, app, device);
      people.push(opened);
      return opened;
    },
    async openPerson(id, device) {
      return signIn(await stage.openDevice(device), id);
    },
  };
  try {
    await act(stage);
    assertNoTrouble(people);
  } catch (error) {
    if (error instanceof Error) error.message += `\n\n${await keepEvidence(people, app.output())}`;
    throw error;
  } finally {
    await Promise.all(people.map(({ context }) => context.close()));
  }
}

function assertNoTrouble(people: readonly Person[]): void {
  const lines = people.flatMap(({ trouble }) => trouble.lines);
  if (lines.length > 0) throw new Error(`a page complained:\n${lines.join('\n')}`);
}

/** A screenshot of each page that is still open, all complaints, and the program's log; returns where they are. */
async function keepEvidence(people: readonly Person[], output: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'natter-browser-'));
  await writeFile(join(folder, 'program.txt'), output);
  for (const [at, { page, trouble }] of people.entries()) {
    if (trouble.lines.length > 0) {
      await writeFile(join(folder, `page${at + 1}.txt`), `${trouble.lines.join('\n')}\n`);
    }
    if (!page.isClosed()) {
      await page.screenshot({ path: join(folder, `page${at + 1}.png`) }).catch(() => {});
    }
  }
  return `What the pages and the program showed is in ${folder}`;
}
