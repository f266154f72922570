import type { UserId } from '@natter/protocol';
import { describe, expect, test, vi } from 'vitest';
import { cell, conversationId } from '../../test/fakeClient.ts';
import { createTestClock } from '../../test/testClock.ts';
import type { PersonStorage } from '../runtime/personStorage.ts';
import { hasDraft, noDraft } from './draft.ts';
import { createDrafts, draftBounds } from './drafts.ts';
import { keptCharactersMax } from './kept.ts';

const one = conversationId(1);
const two = conversationId(2);
const text = (words: string) => ({ ...noDraft, text: words });

/** A browser: one storage, and tabs that are told of what the others write there. */
function openBrowser() {
  const values = new Map<string, string>();
  const pages = new Set<EventTarget>();
  const clock = createTestClock(1_000);
  let room = Number.POSITIVE_INFINITY;

  function openTab(userId: string | null = 'ada') {
    const page = new EventTarget();
    const me = cell(userId === null ? null : { userId: userId as UserId });
    pages.add(page);
    const write = (key: string, newValue: string | null) => {
      if (newValue === (values.get(key) ?? null)) return;
      if (newValue === null) values.delete(key);
      else values.set(key, newValue);
      for (const other of pages)
        if (other !== page)
          other.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }));
    };
    const storage: PersonStorage = {
      get length() {
        return values.size;
      },
      key: (at) => [...values.keys()][at] ?? null,
      getItem: (key) => values.get(key) ?? null,
      setItem(key, value) {
        if (!values.has(key) && values.size >= room) throw new Error('full');
        write(key, value);
      },
      removeItem: (key) => write(key, null),
    };
    const drafts = createDrafts({ storage, clock, me, page });
    return {
      drafts,
      me,
      page,
      read: (id = one) => drafts.draftOf(id).getSnapshot(),
      /** Does the page ask before it is left? */
      asks: () => !page.dispatchEvent(new Event('beforeunload', { cancelable: true })),
      reload() {
        page.dispatchEvent(new Event('pagehide'));
        pages.delete(page);
        return openTab(userId);
      },
    };
  }
  const fill = (keys: number) => {
    room = keys;
  };
  return { values, clock, openTab, fill };
}

const file = (name = 'a.png', size = 4) => {
  const made = new File(['abcd'], name, { type: 'image/png' });
  Object.defineProperty(made, 'size', { value: size });
  return made;
};

describe('keeping', () => {
  test('what is written is shown at once, written down a moment later, and there after a reload', () => {
    const { openTab, clock, values } = openBrowser();
    const tab = openTab();
    tab.drafts.write(one, 'half a th');
    tab.drafts.write(one, 'half a thought');
    expect(tab.read()).toEqual(text('half a thought'));
    expect(values.size).toBe(0);
    clock.advance(draftBounds.writeDelayMs);
    expect([...values.keys()]).toEqual([`natter.person/ada/draft/${one}`]);
    expect(openTab().read()).toEqual(text('half a thought'));
  });

  test('a page that is left writes down what waits', () => {
    const tab = openBrowser().openTab();
    tab.drafts.write(one, 'half a thought');
    expect(tab.reload().read()).toEqual(text('half a thought'));
  });

  test('what was sent is gone at once, also from the device', () => {
    const { openTab, values, clock } = openBrowser();
    const tab = openTab();
    tab.drafts.write(one, 'hello');
    clock.advance(draftBounds.writeDelayMs);
    tab.drafts.clear(one);
    expect(tab.read()).toEqual(noDraft);
    expect(values.size).toBe(0);
  });

  test('listeners hear of their own conversation, once a change, until they undo it', () => {
    const { drafts } = openBrowser().openTab();
    const heard = vi.fn();
    const undo = drafts.draftOf(one).subscribe(heard);
    drafts.write(one, 'a');
    drafts.write(one, 'a');
    drafts.write(two, 'b');
    expect(heard).toHaveBeenCalledOnce();
    expect(drafts.draftOf(one).getSnapshot()).toBe(drafts.draftOf(one).getSnapshot());
    undo();
    undo();
    drafts.write(one, 'ab');
    expect(heard).toHaveBeenCalledOnce();
  });

  test('nothing is kept before it is known whose it is; then it goes after what was kept', () => {
    const { openTab, values, clock } = openBrowser();
    const first = openTab();
    first.drafts.write(one, 'from yesterday');
    first.reload();
    const kept = values.get(`natter.person/ada/draft/${one}`);
    const tab = openTab(null);
    tab.drafts.write(one, 'typed early');
    tab.drafts.write(two, 'elsewhere');
    clock.advance(draftBounds.writeDelayMs);
    expect(values.get(`natter.person/ada/draft/${one}`)).toBe(kept);
    expect(values.size).toBe(1);
    tab.me.set({ userId: 'ada' as UserId });
    expect(tab.read()).toEqual(text('from yesterday\ntyped early'));
    clock.advance(draftBounds.writeDelayMs);
    expect(openTab().read(two)).toEqual(text('elsewhere'));
  });

  test('the oldest draft goes when there are too many', () => {
    const { openTab, values, clock } = openBrowser();
    const tab = openTab();
    for (let n = 1; n <= draftBounds.draftsMax + 2; n += 1) {
      clock.advance(1);
      tab.drafts.write(conversationId(n), `draft ${n}`);
    }
    clock.advance(draftBounds.writeDelayMs);
    expect(values.size).toBe(draftBounds.draftsMax);
    expect(tab.read(conversationId(2))).toBe(noDraft);
    expect(tab.read(conversationId(3))).toEqual(text('draft 3'));
    expect(openTab().read(conversationId(3))).toEqual(text('draft 3'));
  });

  test('where the device has no room, the oldest goes for the newest', () => {
    const { openTab, fill } = openBrowser();
    const tab = openTab();
    tab.drafts.write(one, 'old');
    tab.drafts.flush();
    fill(1);
    tab.drafts.write(two, 'new');
    tab.drafts.flush();
    expect(tab.read(one)).toBe(noDraft);
    expect(openTab().read(two)).toEqual(text('new'));
  });

  test('a text that is far too long stays whole here, and is kept as far as the bound', () => {
    const tab = openBrowser().openTab();
    const long = '😀'.repeat(keptCharactersMax);
    tab.drafts.write(one, long);
    expect(tab.read().text).toBe(long);
    expect(tab.reload().read().text.length).toBe(keptCharactersMax);
  });

  test.each(['', 'no JSON', '{}', '{"text":1,"files":0,"at":1}', '{"text":"a","files":-1,"at":1}'])(
    'what somebody else wrote into the storage is nothing: %s',
    (value) => {
      const { openTab, values } = openBrowser();
      values.set(`natter.person/ada/draft/${one}`, value);
      expect(openTab().read()).toBe(noDraft);
    },
  );

  test('storage that throws does no harm', () => {
    const fail = () => {
      throw new Error('closed');
    };
    const drafts = createDrafts({
      storage: { length: 1, key: fail, getItem: fail, setItem: fail, removeItem: fail },
      clock: createTestClock(0),
      me: cell({ userId: 'ada' as UserId }),
      page: new EventTarget(),
    });
    drafts.write(one, 'here');
    drafts.flush();
    expect(drafts.draftOf(one).getSnapshot()).toEqual(text('here'));
    drafts.clear(one);
    drafts.wipe();
    expect(drafts.draftOf(one).getSnapshot()).toBe(noDraft);
  });
});

describe('tabs', () => {
  test('another tab of the same person follows, and sees when it was sent', () => {
    const { openTab, clock } = openBrowser();
    const [here, there] = [openTab(), openTab()];
    here.drafts.write(one, 'hello');
    clock.advance(draftBounds.writeDelayMs);
    expect(there.read()).toEqual(text('hello'));
    here.drafts.clear(one);
    expect(there.read()).toBe(noDraft);
  });

  test('what is being typed here is not taken away by another tab', () => {
    const { openTab } = openBrowser();
    const [here, there] = [openTab(), openTab()];
    here.drafts.write(one, 'mine');
    there.drafts.write(one, 'theirs');
    there.drafts.flush();
    expect(here.read()).toEqual(text('mine'));
    here.drafts.flush();
    expect(there.read()).toEqual(text('mine'));
  });

  test('nobody else on this device sees them, whatever their ids', () => {
    const { openTab } = openBrowser();
    const ada = openTab('ada');
    ada.drafts.write(one, 'secret');
    ada.drafts.flush();
    for (const other of ['grace', 'ada/', 'a', 'ADA']) expect(openTab(other).read()).toBe(noDraft);
  });

  test('signing out wipes them in every tab, what is not yet written too, and for good', () => {
    const { openTab, values, clock } = openBrowser();
    const [here, there, grace] = [openTab(), openTab(), openTab('grace')];
    grace.drafts.write(one, 'of Grace');
    grace.drafts.flush();
    here.drafts.write(one, 'one');
    here.drafts.flush();
    there.drafts.write(two, 'two, still being typed');
    here.drafts.wipe();
    expect(here.read()).toBe(noDraft);
    expect(there.read()).toBe(noDraft);
    // The other tab learns it from the SDK.
    there.me.set(null);
    for (const tab of [here, there]) {
      tab.drafts.write(two, 'too late');
      tab.page.dispatchEvent(new Event('pagehide'));
    }
    clock.advance(draftBounds.writeDelayMs);
    expect([...values.keys()]).toEqual([`natter.person/grace/draft/${one}`]);
  });

  test('leaving without signing out keeps them', () => {
    const { openTab } = openBrowser();
    const tab = openTab();
    tab.drafts.write(one, 'later');
    tab.drafts.dispose();
    tab.me.set(null);
    expect(openTab().read()).toEqual(text('later'));
  });

  test('a page that comes back from being put away reads them again', () => {
    const { openTab, values } = openBrowser();
    const tab = openTab();
    values.set(
      `natter.person/ada/draft/${one}`,
      JSON.stringify({ text: 'meanwhile', files: 0, at: 1 }),
    );
    expect(tab.read()).toBe(noDraft);
    tab.page.dispatchEvent(new Event('pageshow'));
    expect(tab.read()).toEqual(text('meanwhile'));
    values.clear();
    tab.page.dispatchEvent(new Event('pageshow'));
    expect(tab.read()).toBe(noDraft);
  });
});

describe('files', () => {
  test('the page asks before it is left only while files are chosen', () => {
    const tab = openBrowser().openTab();
    tab.drafts.write(one, 'text is kept');
    expect(tab.asks()).toBe(false);
    tab.drafts.choose(one, [tab.drafts.hold(file())]);
    expect(tab.asks()).toBe(true);
    expect(hasDraft(tab.read())).toBe(true);
    tab.drafts.clear(one);
    expect(tab.asks()).toBe(false);
  });

  test('after a reload it is known how many are missing, until others are chosen or it is sent', () => {
    let tab = openBrowser().openTab();
    const { drafts } = tab;
    drafts.choose(one, [drafts.hold(file('a.png')), drafts.hold(file('b.png'))]);
    tab = tab.reload();
    expect(tab.read()).toEqual({ text: '', files: [], filesMissing: 2 });
    tab = tab.reload();
    expect(tab.read().filesMissing).toBe(2);
    tab.drafts.choose(one, []);
    expect(tab.reload().read()).toBe(noDraft);
  });

  test('those of the oldest conversation go when there are too many in all, and it is said there', () => {
    const { drafts, read } = openBrowser().openTab();
    const hold = (count: number, bytes = 4) =>
      Array.from({ length: count }, (_, n) => drafts.hold(file(`${n}.png`, bytes)));
    drafts.choose(one, hold(10));
    drafts.choose(two, hold(draftBounds.filesMax - 10));
    expect(read(one).files.length).toBe(10);
    drafts.choose(conversationId(3), hold(1));
    expect(read(one)).toEqual({ text: '', files: [], filesMissing: 10 });
    expect(read(two).files.length).toBe(draftBounds.filesMax - 10);
    drafts.choose(one, hold(1, draftBounds.fileBytesMax));
    expect([two, conversationId(3), one].map((id) => read(id).files.length)).toEqual([0, 0, 1]);
  });

  test('each file has a key of its own', () => {
    const { drafts } = openBrowser().openTab();
    const same = file();
    expect(drafts.hold(same).key).not.toBe(drafts.hold(same).key);
  });
});
