/**
 * Owns a page in a Chromium that nothing else drives. Playwright keeps every page in view, and a page in view cannot
 * be frozen; here the browser's own protocol is spoken, and no more of it than is needed.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { args } from './browser.ts';

export interface BarePage {
  /** The value of an expression in the page, once it has resolved. */
  read<Value>(expression: string): Promise<Value>;
  /** As the browser does with tabs that nobody looks at: no timer, no event, nothing runs until `wake`. */
  freeze(): Promise<void>;
  /** Somebody looks at it again. */
  wake(): Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  id?: number;
  result?: Record<string, unknown>;
  error?: { message: string };
}

export async function openBarePage(url: string): Promise<BarePage> {
  const executablePath = process.env.NATTER_TEST_CHROMIUM ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'natter-bare-'));
  const browser = spawn(
    executablePath,
    ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, ...args],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    browser.once('exit', () => reject(new Error(`Chromium ended:\n${said}`)));
    browser.stderr.on('data', (data) => {
      said += data;
      const found = /ws:\/\/\S+/.exec(said);
      if (found !== null) resolve(found[0]);
    });
  });
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(data) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  };
  let calls = 0;
  let sessionId: string | undefined;
  async function call(method: string, params: object = {}): Promise<Record<string, unknown>> {
    calls += 1;
    const id = calls;
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
    waiting.delete(id);
    if (answer.error !== undefined) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result ?? {};
  }

  const { targetId } = await call('Target.createTarget', { url });
  sessionId = (await call('Target.attachToTarget', { targetId, flatten: true }))
    .sessionId as string;
  await call('Page.enable');

  return {
    async read<Value>(expression: string) {
      const params = { expression, awaitPromise: true, returnByValue: true };
      const { result, exceptionDetails } = await call('Runtime.evaluate', params);
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: Value }).value;
    },
    freeze: () => call('Page.setWebLifecycleState', { state: 'frozen' }).then(() => {}),
    async wake() {
      await call('Page.setWebLifecycleState', { state: 'active' });
      await call('Emulation.setFocusEmulationEnabled', { enabled: true });
    },
    async close() {
      socket.close();
      const ended = new Promise((resolve) => browser.once('exit', resolve));
      browser.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
