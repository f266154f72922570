import type { ConversationId } from '@natter/protocol';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createNavigation } from './navigation.ts';
import { hashOf, listRoute, type Route } from './route.ts';

const one = '0197c000-0000-7000-8000-000000000001' as ConversationId;
const two = '0197c000-0000-7000-8000-000000000002' as ConversationId;
const at = (conversationId: ConversationId, seq: number | null = null): Route => ({
  conversationId,
  seq,
});

/** A browser's history: it travels later than it is told to, as browsers do. */
function openBrowser(hash = '', { onePane = true } = {}) {
  const page = new EventTarget();
  const entries: { hash: string; state: unknown }[] = [
    { hash: '#before', state: { other: true } },
    { hash, state: null },
  ];
  let place = 1;
  const travels: number[] = [];
  const timers: (() => void)[] = [];
  const history = {
    get state() {
      return entries[place]?.state;
    },
    pushState(state: unknown, _: string, url: string) {
      place += 1;
      entries.splice(place, entries.length, { hash: url, state });
    },
    replaceState(state: unknown, _: string, url: string) {
      entries[place] = { hash: url, state };
    },
    go: (by: number) => void travels.push(by),
  };
  const world = {
    history,
    location: {
      get hash() {
        return entries[place]?.hash ?? '';
      },
    },
    page,
    clock: {
      after(_ms: number, call: () => void) {
        timers.push(call);
        return () => void timers.splice(timers.indexOf(call), 1);
      },
    },
    onePane: () => onePane,
  };
  let navigation = createNavigation(world);

  /** Until the browser has been everywhere it was told to go. */
  function settle() {
    for (let by = travels.shift(); by !== undefined; by = travels.shift()) {
      place += by;
      page.dispatchEvent(new Event('popstate'));
    }
  }
  settle();
  return {
    get navigation() {
      return navigation;
    },
    settle,
    back() {
      travels.push(-1);
      settle();
    },
    forward() {
      travels.push(1);
      settle();
    },
    /** A link in the page, or the address bar. */
    follow(next: string) {
      history.pushState(null, '', next);
      page.dispatchEvent(new Event('popstate'));
      settle();
    },
    reload() {
      navigation.dispose();
      navigation = createNavigation(world);
      settle();
    },
    /** The addresses from the bottom to where one is; what is further up is what "forward" leads to. */
    stack: () => entries.slice(1, place + 1).map((entry) => entry.hash),
    isLeft: () => place === 0,
    loseTravels: () => travels.splice(0),
    runTimers() {
      for (const call of timers.splice(0)) call();
    },
  };
}

let browser = openBrowser();
beforeEach(() => {
  browser = openBrowser();
});
const go = (route: Route) => {
  browser.navigation.go(route);
  browser.settle();
};
const shown = () => browser.navigation.getSnapshot();

/** A dialog, as the kit opens one. */
function openDialog() {
  let undo = () => {};
  const dialog = {
    isOpen: true,
    close: () => {
      if (!dialog.isOpen) return;
      dialog.isOpen = false;
      undo();
    },
  };
  undo = browser.navigation.open(dialog.close);
  browser.settle();
  return dialog;
}

describe('on a phone', () => {
  test('back from a conversation is the list, and back from there leaves', () => {
    go(at(one));
    expect(shown()).toEqual(at(one));
    browser.back();
    expect(shown()).toEqual(listRoute);
    browser.back();
    expect(browser.isLeft()).toBe(true);
  });

  test('the button in the app goes the same way, and leaves no entry behind', () => {
    go(at(one));
    browser.navigation.close();
    expect(shown()).toEqual(listRoute);
    browser.settle();
    expect(browser.stack()).toEqual(['#/']);
  });

  test('back closes the topmost dialog first, then the one below, then the conversation', () => {
    go(at(one));
    const [members, question] = [openDialog(), openDialog()];
    browser.back();
    expect([members.isOpen, question.isOpen]).toEqual([true, false]);
    browser.back();
    expect(members.isOpen).toBe(false);
    expect(shown()).toEqual(at(one));
    browser.back();
    expect(shown()).toEqual(listRoute);
  });

  test('a dialog that is closed otherwise takes its entry with it', () => {
    go(at(one));
    const dialog = openDialog();
    expect(browser.stack()).toHaveLength(3);
    dialog.close();
    browser.settle();
    expect(browser.stack()).toEqual(['#/', hashOf(at(one))]);
    browser.back();
    expect(shown()).toEqual(listRoute);
  });

  test('a dialog that opens as another closes has an entry of its own', () => {
    const first = openDialog();
    first.close();
    const second = openDialog();
    browser.settle();
    expect(browser.stack()).toHaveLength(2);
    browser.back();
    expect(second.isOpen).toBe(false);
    expect(browser.stack()).toEqual(['#/']);
  });

  test('a dialog that leads to a conversation is gone from the way back', () => {
    const dialog = openDialog();
    browser.navigation.go(at(one));
    browser.settle();
    expect(dialog.isOpen).toBe(false);
    expect(browser.stack()).toEqual(['#/', hashOf(at(one))]);
  });

  test('the list is below several conversations too', () => {
    go(at(one));
    go(at(two));
    openDialog();
    browser.navigation.close();
    browser.settle();
    expect(browser.stack()).toEqual(['#/']);
  });

  test('forward does not stop where a dialog was', () => {
    go(at(one));
    openDialog();
    browser.back();
    browser.forward();
    expect(browser.stack()).toEqual(['#/', hashOf(at(one))]);
  });

  test('an address of a message has the list below it', () => {
    browser = openBrowser(hashOf(at(one, 7)));
    expect(shown()).toEqual(at(one, 7));
    expect(browser.stack()).toEqual(['#/', hashOf(at(one, 7))]);
    browser.back();
    expect(shown()).toEqual(listRoute);
  });

  test('loaded again in a dialog it is in the conversation, with nothing above', () => {
    go(at(one));
    openDialog();
    browser.reload();
    expect(shown()).toEqual(at(one));
    expect(browser.stack()).toEqual(['#/', hashOf(at(one))]);
    browser.navigation.close();
    browser.settle();
    expect(browser.stack()).toEqual(['#/']);
  });
});

describe('anywhere', () => {
  test('another message of the open conversation is no further entry, the same again is told again', () => {
    go(at(one));
    go(at(one, 3));
    const told = vi.fn();
    browser.navigation.subscribe(told);
    const before = shown();
    go(at(one, 3));
    expect(told).toHaveBeenCalledOnce();
    expect(shown()).not.toBe(before);
    expect(browser.stack()).toEqual(['#/', hashOf(at(one, 3))]);
  });

  test('with two panes, back is the conversation before', () => {
    browser = openBrowser('', { onePane: false });
    go(at(one));
    go(at(two));
    browser.back();
    expect(shown()).toEqual(at(one));
  });

  test('with two panes, an address has nothing below it, and closing shows the list in its place', () => {
    browser = openBrowser(hashOf(at(one)), { onePane: false });
    browser.navigation.close();
    browser.settle();
    expect(browser.stack()).toEqual(['#/']);
  });

  test('an address that is typed is followed, and is on the way back', () => {
    go(at(one));
    const dialog = openDialog();
    browser.follow(hashOf(at(two, 9)));
    expect(shown()).toEqual(at(two, 9));
    expect(dialog.isOpen).toBe(false);
    browser.back();
    expect(shown()).toEqual(at(one));
    expect(browser.stack()).toEqual(['#/', hashOf(at(one))]);
  });

  test('a browser that does not travel stops nothing', () => {
    go(at(one));
    browser.navigation.close();
    browser.loseTravels();
    browser.runTimers();
    browser.navigation.go(at(two));
    expect(shown()).toEqual(at(two));
    expect(browser.stack().at(-1)).toBe(hashOf(at(two)));
  });
});
