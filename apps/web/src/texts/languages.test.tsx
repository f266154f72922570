import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSettings } from '../settings/settings.ts';
import { arabic } from './arabic.ts';
import type { AppLanguage } from './english.ts';
import { english } from './english.ts';
import { german } from './german.ts';
import { LanguageProvider } from './LanguageProvider.tsx';
import { loadLanguage, useTexts } from './language.ts';
import { chooseLanguage, createLanguages } from './languages.ts';

afterEach(cleanup);

test.each([
  ['system', ['fr-FR', 'de-AT', 'en'], 'de'],
  ['system', ['AR'], 'ar'],
  ['system', ['en-GB', 'de'], 'en'],
  ['system', ['fr'], 'en'],
  ['system', [], 'en'],
  ['ar', ['de'], 'ar'],
] as const)('of the choice %s and the browser’s %j it is %s', (choice, preferred, code) => {
  expect(chooseLanguage(choice, preferred)).toBe(code);
});

function open(preferred: readonly string[], load = loadLanguage) {
  const settings = createSettings({ storage: { getItem: () => null, setItem() {} } });
  const page = new EventTarget();
  const told = vi.fn();
  const browser = { preferred };
  const languages = createLanguages({
    settings,
    page: page as unknown as Window,
    preferred: () => browser.preferred,
    load,
  });
  languages.subscribe(told);
  return { settings, page, told, browser, languages };
}

test('each language is fetched under its own code', async () => {
  const all = await Promise.all(Object.values(loadLanguage).map((load) => load()));
  expect(all).toEqual([english, german, arabic]);
  expect(all.map(({ language }) => language.code)).toEqual(Object.keys(loadLanguage));
});

test('the words of the browser’s language are there when the app is ready', async () => {
  const { languages } = open(['de-DE']);
  await languages.ready;
  expect(languages.getSnapshot()).toBe(german);
});

test('a choice, and a change of the browser’s own, is followed until it is disposed', async () => {
  const { languages, settings, page, told, browser } = open(['en']);
  await languages.ready;
  settings.change({ language: 'ar' });
  await vi.waitFor(() => expect(languages.getSnapshot()).toBe(arabic));
  settings.change({ language: 'system' });
  await vi.waitFor(() => expect(languages.getSnapshot()).toBe(english));
  browser.preferred = ['de'];
  page.dispatchEvent(new Event('languagechange'));
  await vi.waitFor(() => expect(languages.getSnapshot()).toBe(german));
  expect(told).toHaveBeenCalledTimes(3);
  languages.dispose();
  settings.change({ language: 'ar' });
  expect(told).toHaveBeenCalledTimes(3);
});

test('of two choices the later one holds, in whichever order their words come', async () => {
  const late = Promise.withResolvers<AppLanguage>();
  const { languages, settings } = open(['en'], { ...loadLanguage, de: () => late.promise });
  settings.change({ language: 'de' });
  settings.change({ language: 'ar' });
  await vi.waitFor(() => expect(languages.getSnapshot()).toBe(arabic));
  late.resolve(german);
  await late.promise;
  await Promise.resolve();
  expect(languages.getSnapshot()).toBe(arabic);
});

test('words that cannot be fetched leave English, until the device is online', async () => {
  let load = () => Promise.reject<AppLanguage>(new Error('offline'));
  const { languages, page } = open(['de'], { ...loadLanguage, de: () => load() });
  await languages.ready;
  expect(languages.getSnapshot()).toBe(english);
  load = async () => german;
  page.dispatchEvent(new Event('online'));
  await vi.waitFor(() => expect(languages.getSnapshot()).toBe(german));
});

function Words() {
  return <p>{useTexts().layout.newConversation}</p>;
}

test('the page says its language and direction, and what is being written stays', async () => {
  const { languages, settings } = open(['de']);
  await languages.ready;
  render(
    <LanguageProvider languages={languages}>
      <Words />
      <input />
    </LanguageProvider>,
  );
  const page = () => [document.documentElement.lang, document.documentElement.dir];
  expect(page()).toEqual(['de', 'ltr']);
  const field = screen.getByRole<HTMLInputElement>('textbox');
  field.value = 'half a sen';
  await act(async () => {
    settings.change({ language: 'ar' });
    await loadLanguage.ar();
  });
  expect(page()).toEqual(['ar', 'rtl']);
  expect(screen.getByText(arabic.texts.layout.newConversation)).toBeDefined();
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('half a sen');
});

/** A language is named in itself, whatever is spoken. */
const ownNames = [
  'settings.languages.en',
  'settings.languages.de',
  'settings.languages.ar',
  'settings.version',
];

describe.each([
  ['German', german, ['name', 'signIn.token', 'settings.schemes.system', ...ownNames, 'title']],
  ['Arabic', arabic, ['name', ...ownNames, 'title']],
] as const)('%s', (_name, { texts }, same) => {
  test('has the texts that English has, and says each of them otherwise', () => {
    const own = entries(texts);
    expect(own.map(([key]) => key)).toEqual(entries(english.texts).map(([key]) => key));
    const left = entries(english.texts).filter(([, said], at) => own[at]?.[1] === said);
    expect(left.map(([key]) => key)).toEqual(same);
  });
});

/** What a text is given, a name or an amount, is 7. */
function entries(texts: object, prefix = ''): (readonly [key: string, said: string])[] {
  return Object.entries(texts).flatMap(([key, text]: [string, unknown]) => {
    if (typeof text === 'object' && text !== null) return entries(text, `${prefix}${key}.`);
    return [[`${prefix}${key}`, String(typeof text === 'function' ? text(7) : text)] as const];
  });
}
