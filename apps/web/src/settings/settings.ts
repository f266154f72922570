/**
 * Owns what a person set on this device: kept in its storage, followed by the other tabs. What cannot be read falls back
 * field by field, so that one bad field, or an older app's writing, costs no other choice.
 */
import { type ConversationId, isUuid } from '@natter/protocol';
import { createContext, use, useSyncExternalStore } from 'react';

export interface Settings {
  readonly scheme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  readonly language: 'system' | 'en' | 'de' | 'ar';
  /** Wanted here; the browser's own permission comes on top. */
  readonly notifications: boolean;
  readonly sound: boolean;
  /** At most `mutedIdsMax`; the oldest is let go first. */
  readonly mutedIds: readonly ConversationId[];
}

export interface SettingsStore {
  getSnapshot(): Settings;
  subscribe(listener: () => void): () => void;
  change(patch: Partial<Settings>): void;
  /** Forgets what names conversations, and keeps how the device looks and sounds. */
  forgetPerson(): void;
  dispose(): void;
}

export const settingsKey = 'natter.settings';
export const mutedIdsMax = 1_000;

export const standardSettings: Settings = {
  scheme: 'system',
  density: 'comfortable',
  language: 'system',
  notifications: true,
  sound: true,
  mutedIds: [],
};

/** What may be chosen, in the order in which it is offered. */
export const choices = {
  scheme: ['system', 'light', 'dark'],
  density: ['comfortable', 'compact'],
  language: ['system', 'en', 'de', 'ar'],
} as const satisfies { [Field in keyof Settings]?: readonly Settings[Field][] };

export interface SettingsWorld {
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Where other tabs are heard; left out where there are none. */
  tabs?: Pick<Window, 'addEventListener' | 'removeEventListener'>;
}

export function createSettings({ storage, tabs }: SettingsWorld): SettingsStore {
  const listeners = new Set<() => void>();
  let now = readSettings(read(storage));

  function become(next: Settings): void {
    if (JSON.stringify(next) === JSON.stringify(now)) return;
    now = next;
    for (const listener of [...listeners]) listener();
  }

  function change(patch: Partial<Settings>): void {
    const next = checkSettings({ ...now, ...patch });
    try {
      storage.setItem(settingsKey, JSON.stringify(next));
    } catch {
      // Without storage a choice lasts until the page is left.
    }
    become(next);
  }

  function follow(event: StorageEvent): void {
    // A null key: all of the storage was cleared.
    if (event.key === settingsKey || event.key === null) become(readSettings(read(storage)));
  }

  tabs?.addEventListener('storage', follow);
  return {
    getSnapshot: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    change,
    // What never named a conversation leaves nothing behind.
    forgetPerson() {
      if (now.mutedIds.length > 0) change({ mutedIds: [] });
    },
    dispose: () => tabs?.removeEventListener('storage', follow),
  };
}

const nothing = { getItem: () => null, setItem() {} };
const SettingsContext = createContext(createSettings({ storage: nothing }));

/** `<SettingsProvider value={store}>`. Without it settings are the standard ones and nothing keeps them. */
export const SettingsProvider = SettingsContext;

/** The settings now, and the way to change them: `change({ scheme: 'dark' })`. */
export function useSettings(): Settings & Pick<SettingsStore, 'change'> {
  const store = use(SettingsContext);
  const settings = useSyncExternalStore(store.subscribe, store.getSnapshot);
  return { ...settings, change: store.change };
}

function read(storage: SettingsWorld['storage']): string | null {
  try {
    return storage.getItem(settingsKey);
  } catch {
    return null;
  }
}

/** From what is written in the storage. */
export function readSettings(written: string | null): Settings {
  try {
    return checkSettings(JSON.parse(written ?? '{}'));
  } catch {
    return standardSettings;
  }
}

function checkSettings(value: unknown): Settings {
  const found = (typeof value === 'object' && value !== null ? value : {}) as Record<
    keyof Settings,
    unknown
  >;
  return {
    scheme: oneOf(choices.scheme, found.scheme) ?? standardSettings.scheme,
    density: oneOf(choices.density, found.density) ?? standardSettings.density,
    language: oneOf(choices.language, found.language) ?? standardSettings.language,
    notifications: flag(found.notifications) ?? standardSettings.notifications,
    sound: flag(found.sound) ?? standardSettings.sound,
    mutedIds: Array.isArray(found.mutedIds)
      ? [...new Set((found.mutedIds as unknown[]).filter(isConversationId))].slice(-mutedIdsMax)
      : [],
  };
}

function oneOf<Choice>(all: readonly Choice[], value: unknown): Choice | undefined {
  return all.find((each) => each === value);
}

const flag = (value: unknown) => (typeof value === 'boolean' ? value : undefined);
const isConversationId = (value: unknown): value is ConversationId => isUuid(value);
