import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { avatarColours } from '../avatar/avatarLook.ts';

const tokens = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

function pair(name: string): [light: string, dark: string] {
  const [, light, dark] =
    tokens.match(new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`, 'u')) ?? [];
  if (light === undefined || dark === undefined) throw new Error(`tokens.css has no --${name}`);
  return [light, dark];
}

/** WCAG 2: 1 to 21. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(['light', 'dark'] as const)('in the %s scheme', (scheme) => {
  const of = (name: string) => pair(name)[scheme === 'light' ? 0 : 1];

  test('every colour of a name can be read on the bubbles and the page', () => {
    for (let at = 0; at < avatarColours; at++) {
      for (const ground of ['natter-other', 'natter-background'])
        expect(contrast(of(`natter-name-${at}`), of(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('times and ticks can be read on bubbles', () => {
    expect(contrast(of('natter-own-muted'), of('natter-own'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('natter-muted'), of('natter-other'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(of('natter-read'), of('natter-own'))).toBeGreaterThanOrEqual(3);
  });
});
