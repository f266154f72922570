import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { arabic } from '../texts/arabic.ts';
import { german } from '../texts/german.ts';
import { UiProvider, useUi } from './UiProvider.tsx';

afterEach(cleanup);

function Words() {
  const { texts, locale } = useUi();
  const { composer, timeline } = texts;
  return <p>{[composer.send, composer.attach, timeline.today, locale].join(' · ')}</p>;
}

const words = () => screen.getByText(/·/u);

test('without a provider components speak English', () => {
  render(<Words />);
  expect(words().textContent).toMatch(/^Send · Attach files · Today · en/u);
});

test('a language says itself and its direction to the page', () => {
  render(
    <UiProvider language={arabic}>
      <Words />
    </UiProvider>,
  );
  expect(words().textContent).toBe('إرسال · إرفاق ملفات · اليوم · ar');
  const { lang, dir } = words().closest('[lang]') as HTMLElement;
  expect({ lang, dir }).toEqual({ lang: 'ar', dir: 'rtl' });
});

test('an inner provider keeps what it is not given', () => {
  render(
    <UiProvider language={german} texts={{ composer: { send: 'Los' } }} locale="de-CH">
      <UiProvider texts={{ composer: { attach: 'Bilder' } }}>
        <Words />
      </UiProvider>
    </UiProvider>,
  );
  expect(words().textContent).toBe('Los · Bilder · Heute · de-CH');
});

test('an inner language is the whole language', () => {
  render(
    <UiProvider texts={{ composer: { send: 'Go' } }} locale="en-GB">
      <UiProvider language={german}>
        <Words />
      </UiProvider>
    </UiProvider>,
  );
  expect(words().textContent).toBe('Senden · Dateien anhängen · Heute · de');
});

test('another language comes without losing what is being written', () => {
  const page = (language: typeof german) => (
    <UiProvider language={language}>
      <Words />
      <input />
    </UiProvider>
  );
  const { rerender } = render(page(german));
  const field = screen.getByRole<HTMLInputElement>('textbox');
  field.value = 'half a sen';
  rerender(page(arabic));
  expect(screen.getByRole<HTMLInputElement>('textbox')).toBe(field);
  expect(words().textContent).toMatch(/^إرسال/u);
});
