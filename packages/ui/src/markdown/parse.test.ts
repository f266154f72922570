import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { eventsOf } from './events.ts';
import { marksMax, parseMarkdown as parseWith } from './parse.ts';
import { keptCharactersMax, loadMarkdown, plainText, readMarkdown } from './read.ts';
import { inlineDepthMax, type TextNode, textOf } from './tree.ts';

const parseMarkdown = (text: string) => parseWith(text, eventsOf);

/** As a person would say it: kind(children). */
function say(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) => {
      switch (node.kind) {
        case 'text':
          return node.text;
        case 'code':
          return `code(${node.text})`;
        case 'codeBlock':
          return `codeBlock(${node.language}|${node.text})`;
        case 'list':
          return `list(${node.items.map(({ value, children }) => `${value ?? '•'} ${say(children)}`).join(', ')})`;
        case 'link':
          return `link(${node.href}|${say(node.children)})`;
        default:
          return `${node.kind}(${say(node.children)})`;
      }
    })
    .join('');
}

const read = (text: string) => say(parseMarkdown(text));

describe('marks', () => {
  test.each([
    ['**bold** and __bold__', 'strong(bold) and strong(bold)'],
    ['*leaning* and _leaning_', 'emphasis(leaning) and emphasis(leaning)'],
    ['***both***', 'emphasis(strong(both))'],
    ['~~gone~~', 'strikethrough(gone)'],
    ['`a * b`', 'code(a * b)'],
    ['这是**粗体**字', '这是strong(粗体)字'],
    ['> said\n> so\nI answer', 'quote(said\nso)I answer'],
    ['> > twice', 'quote(quote(twice))'],
    ['- a\n- b\n  - c\nafter', 'list(• a, • blist(• c))after'],
    ['3. c\n4. d', 'list(3 c, 4 d)'],
    ['a\n```ts\nlet a;\n\n  b\n```\nend', 'acodeBlock(ts|let a;\n\n  b)end'],
    ['```\nnot closed', 'codeBlock(|not closed)'],
    ['[Natter](https://natter.example)', 'link(https://natter.example/|Natter)'],
    ['[post](mailto:ada@a.example)', 'link(mailto:ada@a.example|post)'],
    [
      '**see https://a.example/x_y_z**',
      'strong(see link(https://a.example/x_y_z|https://a.example/x_y_z))',
    ],
    ['\\*not\\*', '*not*'],
  ])('%j', (written, shown) => {
    expect(read(written)).toBe(shown);
  });
});

describe('what is no mark in a chat', () => {
  test.each([
    '2*3*4 = 24 and snake_case_name',
    '>:( >.<',
    '>.<',
    '>>> x',
    '---',
    'a\n\n\nb  c\n    d',
    '# 1 priority',
    'Title\n===\nText\n---\n***',
    '<b>bold</b> &amp; <script>',
    '![x](y)',
    '| a | b |\n|---|---|',
    '[a]: b',
    'C:\\Users\\ada',
    '¯\\_(ツ)_/¯',
    '+1 and -1 and ~ish',
    '```',
    '``` hello',
    '>',
    '* * *',
  ])('%j is shown as written', (written) => {
    expect(read(written)).toBe(written);
  });
});

describe('links', () => {
  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,x)',
    '[x](//a.example)',
    '[x](/settings)',
    '[x](vbscript:x)',
    '[x](mailto:)',
  ])('%s leads nowhere', (written) => {
    expect(read(written)).toBe(written);
  });

  test.each([
    '[](https://a.example/x)',
    '[ ](https://a.example/x)',
    '[\u200B](https://a.example/x)',
  ])('one with nothing to press is shown as written: %j', (written) => {
    expect(textOf(parseMarkdown(written))).toBe(written);
  });

  test.each([
    [
      '[a](https://a.example/),[b](https://b.example/)',
      'link(https://a.example/|a),link(https://b.example/|b)',
    ],
    ['[a](https://a.example/)x', 'link(https://a.example/|a)x'],
    ['[a](https://a.example/c_(d))', 'link(https://a.example/c_(d)|a)'],
  ])('an address ends at a parenthesis that it did not open: %j', (written, said) => {
    expect(read(written)).toBe(said);
  });

  test('one that names another host than it leads to is shown with both', () => {
    expect(read('[www.bank.example](https://evil.example/)')).toBe(
      '[www.bank.example](link(https://evil.example/|https://evil.example/))',
    );
    expect(read('[natter.example](https://www.natter.example/a)')).toBe(
      'link(https://www.natter.example/a|natter.example)',
    );
  });
});

describe('hostile texts', () => {
  const longest = 16_384;
  const full = (part: string) => part.repeat(Math.ceil(longest / part.length)).slice(0, longest);
  const staircase = (steps: number) =>
    Array.from({ length: steps }, (_, at) => `${' '.repeat(2 * at)}- a`).join('\n');

  test.each([
    '*',
    '[',
    '>',
    '> ',
    '- ',
    '1. ',
    '`',
    '_a',
    '*a **b ',
    '[a](',
    '\n',
    ' ',
    '~~',
    '\\',
  ])('16,384 characters of %j nest no deeper than is shown well', (part) => {
    const tree = parseMarkdown(full(part));
    expect(depthOf(tree)).toBeLessThanOrEqual(12);
    expect(countOf(tree)).toBeLessThanOrEqual(4 * marksMax);
  });

  test('a staircase of lists ends after twelve steps', () => {
    expect(depthOf(parseMarkdown(staircase(20)))).toBe(12);
    expect(depthOf(parseMarkdown(staircase(128)))).toBe(0);
  });

  test('marks within marks end too', () => {
    const marks = '**'.repeat(60);
    expect(depthOf(parseMarkdown(`${marks}a${marks}`))).toBe(inlineDepthMax);
  });

  test('what has too many marks is shown as written, save its links', () => {
    const many = `${'**a** '.repeat(marksMax / 4 + 1)}https://a.example/`;
    const tree = parseMarkdown(many);
    expect(tree.map(({ kind }) => kind)).toEqual(['text', 'link']);
    expect(textOf(tree)).toBe(many);
  });

  test('the marks of code do not count', () => {
    expect(read(`\`\`\`\n${full('*_[').slice(0, 9_000)}\n\`\`\``)).toMatch(/^codeBlock/u);
  });
});

describe('whatever was written', () => {
  const word = fc.oneof(
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.constantFrom(
      ...['*', '**', '_', '__', '~~', '`', '```', '\n', '\n\n', '> ', '- ', '1. ', '  ', '\t', '['],
      ...[
        '](https://a.example/)',
        '](javascript:x)',
        'https://b.example/c_d',
        '\\',
        '<b>',
        '![',
        ']',
      ],
      ...['\uFEFF', '\r\n', '\u0000', '\u2028'],
    ),
  );
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));
  /** What no mark is made of. */
  const letters = (of: string) =>
    of.replace(/\]\(https?:[^\s)]*\)/gu, '').replace(/[\s\p{P}\p{S}\p{C}\d]/gu, '');

  test('all of it that is no mark is shown, and in its order', () => {
    fc.assert(
      fc.property(text, (written) => {
        const shown = [...letters(shownOf(parseMarkdown(written)))];
        // Where a link leads is not shown, and where it is not followed it is: words in it may be extra.
        let at = 0;
        for (const letter of shown) if (letter === [...letters(written)][at]) at += 1;
        expect(at).toBe([...letters(written)].length);
      }),
      { numRuns: 300 },
    );
  });

  test('what is shown was written: nothing is made up', () => {
    fc.assert(
      fc.property(text, (written) => {
        const all = [...written.replace(/\s/gu, '')];
        let at = 0;
        for (const letter of shownOf(parseMarkdown(written)).replace(/\s/gu, '')) {
          at = all.indexOf(letter, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('links lead to the web or to mail only', () => {
    fc.assert(
      fc.property(text, (written) => {
        for (const href of hrefsOf(parseMarkdown(written)))
          expect(href).toMatch(/^(?:https?:\/\/|mailto:)/u);
      }),
    );
  });
});

describe('reading once', () => {
  beforeAll(loadMarkdown);

  test('until the parser is there, marks are shown as written and addresses are links', async () => {
    expect(say(parseWith('*a* https://a.example/', null))).toBe(
      '*a* link(https://a.example/|https://a.example/)',
    );
    // As the page has it when it begins.
    vi.resetModules();
    const fresh = await import('./read.ts');
    expect(say(fresh.readMarkdown('*b*'))).toBe('*b*');
    await fresh.loadMarkdown();
    expect(say(fresh.readMarkdown('*b*'))).toBe('emphasis(b)');
  });

  test('the same text is the same tree', () => {
    expect(readMarkdown('*a*')).toBe(readMarkdown('*a*'));
  });

  test('what was not read for long is forgotten', () => {
    const first = readMarkdown('*first*');
    for (let at = 0; at * 10_000 < keptCharactersMax; at++) readMarkdown(`${at}`.padEnd(10_000));
    expect(readMarkdown('*first*')).not.toBe(first);
  });

  test('plain text has no marks, and a line for each block', () => {
    expect(
      plainText('**Hi** `you`\n- one\n- two\n\n> three\n```\nfour\n```\n[five](https://a.b/)'),
    ).toBe('Hi you\none\ntwo\nthree\nfour\nfive');
  });
});

function childrenOf(node: TextNode): TextNode[] {
  if (node.kind === 'list') return node.items.flatMap(({ children }) => children);
  return 'children' in node ? node.children : [];
}

function depthOf(nodes: readonly TextNode[]): number {
  return nodes.reduce(
    (deepest, node) =>
      node.kind === 'text' ? deepest : Math.max(deepest, 1 + depthOf(childrenOf(node))),
    0,
  );
}

function countOf(nodes: readonly TextNode[]): number {
  return nodes.reduce((sum, node) => sum + 1 + countOf(childrenOf(node)), 0);
}

function shownOf(nodes: readonly TextNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'codeBlock') return `${node.language}\n${node.text}`;
      return 'text' in node ? node.text : shownOf(childrenOf(node));
    })
    .join('\n');
}

function hrefsOf(nodes: readonly TextNode[]): string[] {
  return nodes.flatMap((node) => [
    ...(node.kind === 'link' ? [node.href] : []),
    ...hrefsOf(childrenOf(node)),
  ]);
}
