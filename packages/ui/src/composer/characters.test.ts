import { limits } from '@natter/protocol';
import { describe, expect, test } from 'vitest';
import { charactersLeft, tellLeftBelow } from './characters.ts';

const { contentCharactersMax: max } = limits;

describe('how many characters are left', () => {
  test('nothing is told while it is far from the limit', () => {
    expect(charactersLeft('')).toBeNull();
    expect(charactersLeft('x'.repeat(max - tellLeftBelow))).toBeNull();
  });

  test('it is told from 500 on, and below zero beyond it', () => {
    expect(charactersLeft('x'.repeat(max - tellLeftBelow + 1))).toBe(tellLeftBelow - 1);
    expect(charactersLeft('x'.repeat(max))).toBe(0);
    expect(charactersLeft('x'.repeat(max + 3))).toBe(-3);
  });

  test('[LIMITS2] a character outside the first plane is one, as the schema counts', () => {
    const text = '😀'.repeat(1_000) + 'x'.repeat(max - 1_000 - 10);
    expect(charactersLeft(text)).toBe(10);
  });

  test('blanks around it do not count, since they are not sent', () => {
    expect(charactersLeft(`  ${'x'.repeat(max)}\n`)).toBe(0);
  });

  test('[LIMITS2] what fits the schema and not the frame is too long too', () => {
    const left = charactersLeft('😀'.repeat(max));
    expect(left).toBeLessThan(0);
    expect(left).toBeGreaterThan(-tellLeftBelow);
    const fits = '😀'.repeat(max + (left ?? 0));
    expect(charactersLeft(fits)).toBeGreaterThanOrEqual(0);
    const frame = JSON.stringify({ id: 1, method: 'sendMessage', params: { content: fits } });
    expect(new TextEncoder().encode(frame).byteLength).toBeLessThan(limits.frameBytesMax);
  });
});
