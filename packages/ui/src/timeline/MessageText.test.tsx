import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadMarkdown } from '../markdown/read.ts';
import { MessageText } from './MessageText.tsx';

beforeAll(loadMarkdown);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(content: string): HTMLElement {
  const { container } = render(<MessageText content={content} />);
  return container.firstElementChild as HTMLElement;
}

const html = (content: string) => show(content).innerHTML;

describe('marks are elements', () => {
  test.each([
    ['**a** *b* ~~c~~ `d`', '<strong>a</strong> <em>b</em> <del>c</del> <code>d</code>'],
    ['> a\nb', '<blockquote dir="auto">a</blockquote>b'],
    ['- a\n- b', '<ul dir="auto"><li>a</li><li>b</li></ul>'],
    ['7. a\n9. b', '<ol dir="auto"><li value="7">a</li><li value="9">b</li></ol>'],
    ['a\n\nb', 'a\n\nb'],
  ])('%j', (written, shown) => {
    expect(html(written)).toBe(shown);
  });

  test('HTML is text', () => {
    const text = show('<img src=x onerror=alert(1)> <b>bold</b> &lt;');
    expect(text.children).toHaveLength(0);
    expect(text.textContent).toBe('<img src=x onerror=alert(1)> <b>bold</b> &lt;');
  });

  test('a code block is copied whole, and says so', async () => {
    const written: string[] = [];
    vi.stubGlobal('navigator', {
      clipboard: { writeText: async (text: string) => void written.push(text) },
    });
    show('```ts\nlet a;\n  b\n```');
    fireEvent.click(screen.getByRole('button', { name: 'Copy code' }));
    await screen.findByRole('button', { name: 'Copied' });
    expect(written).toEqual(['let a;\n  b']);
  });

  test('a few emoji are large', () => {
    expect(show('🎉🎉').dataset.emoji).toBe('2');
    expect(show('🎉 hooray').dataset.emoji).toBeUndefined();
  });
});

test('whatever was written, only the elements and attributes of its marks appear', () => {
  const tags = 'A STRONG EM DEL CODE PRE BLOCKQUOTE UL OL LI DIV SPAN BUTTON svg path'.split(' ');
  const attributes = ['dir', 'href', 'target', 'rel', 'tabindex', 'value'];
  const word = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      ...[
        '*',
        '**',
        '~~',
        '`',
        '\n```\n',
        '\n> ',
        '\n- ',
        '\n1. ',
        '[a](',
        ')',
        'https://a.example/',
      ],
      ...['<a onclick=x>', '" onerror="', 'javascript:x', 'style="', '[x](https://b.example/"y)'],
    ),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const text = show(words.join(''));
      for (const element of text.querySelectorAll('*')) {
        expect(tags).toContain(element.tagName);
        // The block of code has a head of ours.
        if (element.closest('.natter-code-head') !== null) continue;
        for (const { name, value } of element.attributes) {
          if (name === 'class') expect(value).toMatch(/^natter-code-/u);
          else expect(attributes).toContain(name);
          if (name === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:)/u);
          if (name === 'rel') expect(value).toBe('noopener noreferrer nofollow');
        }
      }
      cleanup();
    }),
  );
});
