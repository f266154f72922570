/** Owns going through a page by keyboard. */
import type { Locator } from 'playwright-core';
import type { Person } from './person.ts';

/** So many stops are more than any screen has. */
const pressesMax = 80;

export async function tabTo({ page }: Person, target: Locator, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < pressesMax; presses++) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${target}`);
}

export async function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element === document.activeElement);
}
