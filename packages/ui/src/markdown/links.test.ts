import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitLinks } from './links.ts';

const hrefs = (text: string) =>
  splitLinks(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));

test('addresses become links, and the words around them stay', () => {
  expect(splitLinks('see https://example.org/a?b=1, please')).toEqual([
    { kind: 'text', text: 'see ' },
    { kind: 'link', text: 'https://example.org/a?b=1', href: 'https://example.org/a?b=1' },
    { kind: 'text', text: ', please' },
  ]);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,<b>',
  'JaVaScRiPt://x',
  'vbscript:x',
  'file:///etc/passwd',
  'http://',
])('%s does not become a link', (text) => {
  expect(hrefs(text)).toEqual([]);
});

test('markup beside an address is not part of it', () => {
  expect(hrefs('https://a.example/"onmouseover="x')).toEqual(['https://a.example/']);
  expect(hrefs('<a href="https://a.example/">')).toEqual(['https://a.example/']);
});

test('a bracket belongs to the address only when it was opened there', () => {
  expect(hrefs('(https://a.example/x)')).toEqual(['https://a.example/x']);
  expect(hrefs('https://a.example/x_(y)')).toEqual(['https://a.example/x_(y)']);
});

test('no text is lost or made up, and no link has another scheme, whatever was written', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('https://', 'http://a.b', '(', ')', '.', 'javascript:', ' '),
  );
  fc.assert(
    fc.property(fc.array(word), (words) => {
      const text = words.join('');
      const parts = splitLinks(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      for (const part of parts)
        if (part.kind === 'link') expect(part.href).toMatch(/^https?:\/\//u);
    }),
  );
});
