import type { ConversationId } from '@natter/protocol';
import { expect, test, vi } from 'vitest';
import { createSettings, mutedIdsMax, settingsKey, standardSettings } from './settings.ts';

const id = (n: number) =>
  `0197c000-0000-7000-8000-${String(n).padStart(12, '0')}` as ConversationId;

/** Two tabs of one device: what one writes, the other is told of, as browsers do. */
function openDevice(written?: string) {
  const values = new Map<string, string>();
  if (written !== undefined) values.set(settingsKey, written);
  const tabs = new Set<EventTarget>();
  function openTab() {
    const tab = new EventTarget();
    tabs.add(tab);
    return createSettings({
      tabs: tab as unknown as Window,
      storage: {
        getItem: (key) => values.get(key) ?? null,
        setItem(key, value) {
          values.set(key, value);
          for (const other of tabs) if (other !== tab) tell(other, key);
        },
      },
    });
  }
  function clear() {
    values.clear();
    for (const tab of tabs) tell(tab, null);
  }
  return { openTab, values, clear };
}

function tell(tab: EventTarget, key: string | null): void {
  tab.dispatchEvent(Object.assign(new Event('storage'), { key }));
}

test('a new device has the standard settings', () => {
  expect(openDevice().openTab().getSnapshot()).toEqual(standardSettings);
});

test('a change is told once, and is there when the page is loaded again', () => {
  const { openTab } = openDevice();
  const settings = openTab();
  const told = vi.fn();
  settings.subscribe(told);
  settings.change({ scheme: 'dark', mutedIds: [id(1)] });
  expect(told).toHaveBeenCalledOnce();
  expect(openTab().getSnapshot()).toEqual({
    ...standardSettings,
    scheme: 'dark',
    mutedIds: [id(1)],
  });
});

test('a change to what is set already tells nobody', () => {
  const settings = openDevice().openTab();
  const told = vi.fn();
  const before = settings.getSnapshot();
  settings.subscribe(told);
  settings.change({ scheme: 'system' });
  expect(told).not.toHaveBeenCalled();
  expect(settings.getSnapshot()).toBe(before);
});

test.each(['not json', '7', 'null', '[]', '"dark"'])('%s is no settings', (written) => {
  expect(openDevice(written).openTab().getSnapshot()).toEqual(standardSettings);
});

test('a bad field falls back, and costs no other', () => {
  const written = JSON.stringify({
    scheme: 'sepia',
    density: 'compact',
    language: 7,
    notifications: 'yes',
    sound: false,
    mutedIds: [id(1), 'x', null, id(1), id(2)],
    extra: true,
  });
  expect(openDevice(written).openTab().getSnapshot()).toEqual({
    ...standardSettings,
    density: 'compact',
    sound: false,
    mutedIds: [id(1), id(2)],
  });
});

test('of too many muted conversations the oldest are let go', () => {
  const settings = openDevice().openTab();
  settings.change({ mutedIds: Array.from({ length: mutedIdsMax + 1 }, (_, n) => id(n)) });
  expect(settings.getSnapshot().mutedIds).toHaveLength(mutedIdsMax);
  expect(settings.getSnapshot().mutedIds.at(-1)).toBe(id(mutedIdsMax));
});

test('another tab follows, also when the storage is cleared, until it is disposed', () => {
  const { openTab, clear } = openDevice();
  const [one, other] = [openTab(), openTab()];
  const told = vi.fn();
  other.subscribe(told);
  one.change({ density: 'compact' });
  expect(other.getSnapshot().density).toBe('compact');
  expect(told).toHaveBeenCalledOnce();
  clear();
  expect(other.getSnapshot()).toEqual(standardSettings);
  other.dispose();
  one.change({ density: 'compact' });
  expect(other.getSnapshot()).toEqual(standardSettings);
});

test('storage that is closed keeps nothing, and a choice holds until the page is left', () => {
  const closed = () => {
    throw new Error('closed');
  };
  const settings = createSettings({ storage: { getItem: closed, setItem: closed } });
  settings.change({ scheme: 'dark' });
  expect(settings.getSnapshot().scheme).toBe('dark');
});

test('forgetting the person forgets what is muted, and keeps how the device looks', () => {
  const settings = openDevice().openTab();
  settings.change({ scheme: 'dark', sound: false, mutedIds: [id(1)] });
  settings.forgetPerson();
  expect(settings.getSnapshot()).toEqual({ ...standardSettings, scheme: 'dark', sound: false });
});
