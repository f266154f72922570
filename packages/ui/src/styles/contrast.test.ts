/** Holds what docs/design.md promises of contrast: computed from the variables, by the formula of WCAG 2.2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const colours = new Map(
  [...css.matchAll(/(--natter-[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

const grounds = ['background', 'surface', 'raised', 'hover', 'selected'];
const names = Array.from({ length: 8 }, (_, n) => `name-${n}`);
const texts: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['text', [...grounds, 'own', 'other', 'danger-soft', 'warning-soft']],
  ['muted', [...grounds, 'other']],
  ['own-muted', ['own']],
  ['surface', ['muted']],
  ['on-accent', ['accent', 'accent-hover']],
  ['accent', ['background', 'surface', 'raised']],
  ['danger', ['surface', 'raised', 'background', 'danger-soft']],
  ['warning', ['warning-soft']],
  ...names.map((name) => [name, ['other', 'background']] as const),
];
const edges: readonly (readonly [edge: string, grounds: readonly string[]])[] = [
  ['line-strong', ['surface', 'raised', 'background']],
  ['accent', grounds],
  ['online', ['surface']],
  ['read', ['own']],
];

describe.each(['light', 'dark'] as const)('in %s', (scheme) => {
  test.each(texts)('text in %s can be read on its grounds: at least 4.5 to 1', (text, on) => {
    for (const ground of on) expect([ground, contrast(text, ground)]).toSatisfy(atLeast(4.5));
  });

  test.each(edges)('%s can be told from its grounds: at least 3 to 1', (edge, on) => {
    for (const ground of on) expect([ground, contrast(edge, ground)]).toSatisfy(atLeast(3));
  });

  function contrast(one: string, other: string): number {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  }

  function luminance(name: string): number {
    const colour = colours.get(`--natter-${name}`)?.[scheme];
    if (colour === undefined) throw new Error(`tokens.css has no colour --natter-${name}`);
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const tone = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return tone <= 0.040_45 ? tone / 12.92 : ((tone + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
});

function atLeast(ratio: number) {
  return ([, found]: [string, number]) => found >= ratio;
}
