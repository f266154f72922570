/** Holds SPEC.md and the tests together: the table of roles is the code's, and every rule and every title has its other half. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { closeAction, closeCodes } from './closeCodes.ts';
import {
  type Action,
  actions,
  addAction,
  type ConversationKind,
  may,
  type Role,
  removeAction,
  roles,
} from './rules/roles.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const spec = readFileSync(join(root, 'packages/protocol/SPEC.md'), 'utf8');

describe('the table of roles', () => {
  const table = readTable('| action |');
  const columns = table[0]?.slice(1) ?? [];
  const rows = table.slice(1);

  for (const [name = '', ...cells] of rows) {
    for (const [at, cell] of cells.entries()) {
      const [kind = '', role = ''] = columns[at]?.split(': ') ?? [];
      for (const each of role === 'any role' ? roles : [role as Role]) {
        const action = name.replaceAll('`', '') as Action;
        test(`[ROLES1] ${kind}, ${each}, ${action}: ${cell}`, () => {
          expect(['yes', 'no']).toContain(cell);
          expect(may(kind as ConversationKind, each, action)).toBe(cell === 'yes');
        });
      }
    }
  }

  test('[ROLES1] has every action, kind and role, each once', () => {
    expect(rows.map(([name = '']) => name.replaceAll('`', '')).sort()).toEqual([...actions].sort());
    expect(columns).toEqual(['direct: any role', 'group: owner', 'group: admin', 'group: member']);
  });

  test('[ROLES3] giving and taking a role are the actions of that role', () => {
    expect(roles.map(addAction)).toEqual(['addOwner', 'addAdmin', 'addMember']);
    expect(roles.map(removeAction)).toEqual(['removeOwner', 'removeAdmin', 'removeMember']);
  });
});

describe('the table of close codes', () => {
  const rows = readTable('| code |').slice(1);
  const words = {
    retry: 'comes back with backoff',
    newToken: 'fetches a new token first',
    stop: 'stops',
  };

  test('[CLOSE1] is the table of the code', () => {
    expect(
      Object.fromEntries(rows.map(([code, name = '']) => [name.replaceAll('`', ''), Number(code)])),
    ).toEqual(closeCodes);
  });

  test.each(rows)('[CLOSE1] %s (%s): the client %s', (code, _name, says) => {
    const action = closeAction(Number(code), '1');
    expect(says).toBe(
      action.do === 'retryAfter' ? "comes back after the reason's milliseconds" : words[action.do],
    );
  });
});

describe('rules and titles', () => {
  const rules = [...spec.matchAll(/^- \*\*([A-Z]+\d+)\*\*( \(later\))?/gm)].map(
    ([, id = '', later]) => ({ id, later: later !== undefined }),
  );
  const ids = rules.map((rule) => rule.id);
  const titles = testFiles().flatMap((file) =>
    titleIds(readFileSync(file, 'utf8')).map((id) => ({ id, file: relative(root, file) })),
  );
  const tested = new Set(titles.map((title) => title.id));

  test('every id is stated once, in order', () => {
    const next = new Map<string, number>();
    for (const id of ids) {
      const [, family = '', number] = /^([A-Z]+)(\d+)$/.exec(id) ?? [];
      expect(Number(number), id).toBe((next.get(family) ?? 0) + 1);
      next.set(family, Number(number));
    }
    expect(ids.length).toBeGreaterThan(100);
  });

  test('every rule that a title names is in SPEC.md', () => {
    expect(titles.filter(({ id }) => !ids.includes(id))).toEqual([]);
  });

  test('every rule of SPEC.md that is not marked "(later)" has a test', () => {
    expect(
      rules.filter((rule) => !rule.later && !tested.has(rule.id)).map((rule) => rule.id),
    ).toEqual([]);
  });

  test('titles are found however they are written', () => {
    const id = (name: string) => `[${name}]`;
    const source = `test('${id('A1')} x'); test('${id('FAULT 1')}${id('G7')} x'); it(\`${id('B2')}${id('C3')} y\`); test.each(rows)("${id('D4, E5')} z"); const list = ['x', ${id('F6')}];`;
    expect(titleIds(source)).toEqual(['A1', 'G7', 'B2', 'C3', 'D4', 'E5']);
  });
});

/** Header row and body rows of the table that begins so. */
function readTable(start: string): string[][] {
  const lines = spec.slice(spec.indexOf(`\n${start}`) + 1).split('\n');
  const length = lines.findIndex((line) => !line.startsWith('|'));
  const rows = lines.slice(0, length).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return [...rows.slice(0, 1), ...rows.slice(2)];
}

/** Rule ids in brackets at the start of a string. `[FAULT 3]` and the like, with a space, are no rules. */
function titleIds(source: string): string[] {
  const group = /['"`]((?:\[[A-Z]+ ?\d+(?:, ?[A-Z]+\d+)*\])+)/g;
  return [...source.matchAll(group)].flatMap(([, ids = '']) => ids.match(/[A-Z]+\d+/g) ?? []);
}

function testFiles(): string[] {
  return ['packages', 'apps', 'tests', 'simulation', 'bench'].flatMap((folder) => {
    try {
      return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter(
          (entry) =>
            entry.isFile() &&
            /\.test\.tsx?$/.test(entry.name) &&
            !entry.parentPath.includes('node_modules'),
        )
        .map((entry) => join(entry.parentPath, entry.name));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
}
