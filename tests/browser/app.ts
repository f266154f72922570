/** Owns the program that one file's tests use: the real one, with the demo's people, its own folder and the built web app. */
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { people } from '../../apps/natter/src/demo/people.ts';
import { type Program, startProgram, temporaryFolder } from '../conformance/program.ts';
import { soonMs } from './soon.ts';

export type PersonId = 'ada' | 'grace' | 'mateo' | 'yuki' | 'priya' | 'omar' | 'lena' | 'tunde';

export interface App {
  readonly url: string;
  /** The newest of what the program has written. */
  output(): string;
  /** SIGKILL: nothing is finished, flushed or said. */
  kill(): Promise<void>;
  /** Asks it to stop, and waits until it has. */
  stop(): Promise<void>;
  /** On the same port and folder. */
  startAgain(): Promise<void>;
}

/** Starts before the tests of the file, stops after them. `host`: the name that pages know it by. */
export function useApp(
  settings: Record<string, string> = { NATTER_DEMO: '1' },
  host = '127.0.0.1',
): App {
  let folder: Awaited<ReturnType<typeof temporaryFolder>> | null = null;
  let program: Program | null = null;
  let isDown = false;

  async function start(onPort?: number): Promise<void> {
    if (folder === null) throw new Error('the app starts in beforeAll');
    const started = await startProgram(folder.path, settings, onPort);
    program = started;
    isDown = false;
    // It answers before the demo's conversations are written; then it says that it runs.
    await vi.waitFor(
      () => {
        if (!started.output().includes('Natter is running')) throw new Error(started.output());
      },
      { timeout: soonMs, interval: 40 },
    );
  }

  function running(): Program {
    if (program === null) throw new Error('the app runs only inside tests');
    return program;
  }

  beforeAll(async () => {
    folder = await temporaryFolder();
    await start();
  });

  // A test that failed half way may have left it so.
  beforeEach(async () => {
    if (isDown) await start(running().port);
  });

  afterAll(async () => {
    await program?.stop();
    await folder?.remove();
  });

  return {
    get url() {
      return `http://${host}:${running().port}`;
    },
    output: () => running().output(),
    async kill() {
      isDown = true;
      await running().kill();
    },
    async stop() {
      isDown = true;
      await running().stop();
    },
    startAgain: () => start(running().port),
  };
}

export function nameOf(id: PersonId): string {
  const person = people.find((each) => each.id === id);
  if (person === undefined) throw new Error(`nobody in the demo is ${id}`);
  return person.name;
}
