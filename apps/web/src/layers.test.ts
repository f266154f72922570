import { beforeEach, expect, test, vi } from 'vitest';
import { type AppLayers, createLayers } from './layers.ts';

/** As a browser's: going takes a while, and then `popstate` tells of it. */
function createHistory(first: unknown = null) {
  const page = new EventTarget();
  let entries: unknown[] = [first];
  let at = 0;
  let going: number[] = [];
  return {
    page: page as unknown as Window,
    history: {
      get state() {
        return entries[at];
      },
      pushState(state: unknown) {
        entries = [...entries.slice(0, at + 1), state];
        at += 1;
      },
      replaceState(state: unknown) {
        entries = entries.with(at, state);
      },
      go(delta = 0) {
        going = [...going, delta];
      },
    },
    /** What was asked for, or what the person does. */
    arrive(...deltas: number[]) {
      const all = [...going, ...deltas];
      going = [];
      for (const delta of all) {
        at = Math.max(0, Math.min(entries.length - 1, at + delta));
        page.dispatchEvent(new Event('popstate'));
      }
    },
    get depth() {
      return at;
    },
  };
}

let browser: ReturnType<typeof createHistory>;
let layers: AppLayers;
const soon = () => Promise.resolve();

beforeEach(() => {
  browser = createHistory();
  layers = createLayers(browser);
});

/** As a dialog does: what is told to close says that it has. */
function openDialog() {
  const close = vi.fn(() => undo());
  const undo = layers.open(close);
  return { close, undo };
}

test('going back closes the topmost, and only that', async () => {
  const first = openDialog();
  const second = openDialog();
  await soon();
  expect(browser.depth).toBe(2);
  browser.arrive(-1);
  expect(second.close).toHaveBeenCalledOnce();
  expect(first.close).not.toHaveBeenCalled();
  await soon();
  browser.arrive(-1);
  expect(first.close).toHaveBeenCalledOnce();
  expect(browser.depth).toBe(0);
});

test('one that closes otherwise takes its entry with it', async () => {
  const { undo, close } = openDialog();
  await soon();
  undo();
  undo();
  await soon();
  browser.arrive();
  expect(browser.depth).toBe(0);
  expect(close).not.toHaveBeenCalled();
});

test('two that close together go back once', async () => {
  const first = openDialog();
  const second = openDialog();
  await soon();
  const go = vi.spyOn(browser.history, 'go');
  second.undo();
  first.undo();
  await soon();
  browser.arrive();
  expect(go.mock.calls).toEqual([[-2]]);
  expect(browser.depth).toBe(0);
});

test('one that opens as another closes has its entry', async () => {
  const menu = openDialog();
  await soon();
  menu.undo();
  const dialog = openDialog();
  await soon();
  expect(browser.depth).toBe(1);
  browser.arrive(-1);
  expect(dialog.close).toHaveBeenCalledOnce();
});

test('one that opens while the history still goes back waits for it', async () => {
  const menu = openDialog();
  await soon();
  menu.undo();
  await soon();
  const dialog = openDialog();
  await soon();
  browser.arrive();
  expect(browser.depth).toBe(1);
  expect(dialog.close).not.toHaveBeenCalled();
});

test('going somewhere else closes all, and is not on top of their entries', async () => {
  const first = openDialog();
  const second = openDialog();
  await soon();
  const work = vi.fn(() => browser.history.pushState({ fromList: true }));
  layers.leave(work);
  expect([first, second].map(({ close }) => close.mock.calls.length)).toEqual([1, 1]);
  expect(work).not.toHaveBeenCalled();
  browser.arrive();
  expect(work).toHaveBeenCalledOnce();
  expect(browser.depth).toBe(1);
  expect(browser.history.state).toEqual({ fromList: true });
});

test('with nothing open one goes at once', () => {
  const work = vi.fn();
  layers.leave(work);
  expect(work).toHaveBeenCalledOnce();
});

test('going forward to a dialog that is gone leads back', async () => {
  openDialog();
  await soon();
  browser.arrive(-1);
  browser.arrive(+1);
  expect(browser.depth).toBe(1);
  browser.arrive();
  expect(browser.depth).toBe(0);
});

test('what the entry below says stays said, also after the page is loaded again', async () => {
  browser = createHistory({ fromList: true, layers: 1 });
  layers = createLayers(browser);
  expect(browser.history.state).toEqual({ fromList: true, layers: 0 });
  openDialog();
  await soon();
  expect(browser.history.state).toEqual({ fromList: true, layers: 1 });
});
