/**
 * Owns what a screen reader would say: what has the focus, as the browser's accessibility tree has it, and what live
 * regions announce meanwhile. Times of day are written as `00:00`, since they are never the same.
 */
import type { Locator, Page } from 'playwright-core';
import { soon } from './soon.ts';

export interface ScreenReader {
  /** What has the focus, as it is read out. */
  focused(): Promise<string>;
  /** Waits for an announcement that begins so, and is newer than the last one waited for. */
  announced(beginning: string): Promise<string>;
  /** A part of the page: its roles and names. */
  tree(part: Locator): Promise<string>;
}

declare global {
  interface Window {
    natterHeard: string[];
  }
}

interface AxValue {
  value?: unknown;
}

interface AxNode {
  role?: AxValue;
  name?: AxValue;
  description?: AxValue;
  value?: AxValue;
  properties?: { name: string; value: AxValue }[];
}

export async function useScreenReader(page: Page): Promise<ScreenReader> {
  await page.evaluate(listen);
  const session = await page.context().newCDPSession(page);
  await session.send('Accessibility.enable');

  async function nodeOf(expression: string): Promise<AxNode | null> {
    const { result } = await session.send('Runtime.evaluate', { expression });
    if (result.objectId === undefined) return null;
    const { nodes } = await session.send('Accessibility.getPartialAXTree', {
      objectId: result.objectId,
      fetchRelatives: false,
    });
    return (nodes[0] as AxNode | undefined) ?? null;
  }

  return {
    async focused() {
      const node = await nodeOf('document.activeElement');
      const within = await nodeOf(
        'document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))',
      );
      return [node, within].flatMap((each) => (each === null ? [] : [said(each)])).join(' → ');
    },
    async announced(beginning) {
      const find = () => page.evaluate(takeHeard, beginning);
      let found: string | null = null;
      await soon(async () => {
        found = await find();
        return found;
      }, announcedWithinMs).not.toBe(null);
      return timeless(found ?? '');
    },
    tree: async (part) => timeless(await part.ariaSnapshot()),
  };
}

/** A connection that is lost is noticed only after a while. */
const announcedWithinMs = 60_000;

const states = ['checked', 'expanded', 'selected', 'pressed', 'invalid', 'disabled', 'hasPopup'];

function said({ role, name, description, value, properties = [] }: AxNode): string {
  const told = properties.flatMap(({ name: state, value: { value: is } }) => {
    if (!states.includes(state) || is === false || is === 'false') return [];
    return is === true || is === 'true' ? [state] : [`${state} ${is}`];
  });
  const parts = [
    `${role?.value} “${name?.value}”`,
    ...(value?.value === undefined || value.value === '' ? [] : [`holds “${value.value}”`]),
    ...(description?.value === undefined || description.value === ''
      ? []
      : [`described as “${description.value}”`]),
    ...told,
  ];
  return timeless(parts.join(', ').replaceAll(/\s+/g, ' '));
}

function timeless(text: string): string {
  return text.replaceAll(/\b\d{1,2}:\d{2}\b/g, '00:00');
}

/** Runs in the page. */
function takeHeard(beginning: string): string | null {
  const at = window.natterHeard.findIndex((text) => text.startsWith(beginning));
  if (at === -1) return null;
  return window.natterHeard.splice(0, at + 1).at(-1) ?? null;
}

/** Runs in the page: keeps the text of every live region that changes. */
function listen(): void {
  window.natterHeard = [];
  const live = '[aria-live="polite"], [aria-live="assertive"], [role="status"], [role="alert"]';
  const before = new WeakMap<Element, string>();
  for (const region of document.querySelectorAll(live)) before.set(region, textOf(region));

  function textOf(region: Element): string {
    const walker = document.createTreeWalker(region, NodeFilter.SHOW_TEXT);
    const parts: string[] = [];
    while (walker.nextNode() !== null) parts.push(walker.currentNode.textContent ?? '');
    return parts.join(' ').trim().replaceAll(/\s+/g, ' ');
  }

  new MutationObserver((changes) => {
    const regions = new Set<Element>();
    for (const { target, addedNodes } of changes) {
      const around = (target instanceof Element ? target : target.parentElement)?.closest(live);
      if (around != null) regions.add(around);
      for (const added of addedNodes) {
        if (!(added instanceof Element)) continue;
        if (added.matches(live)) regions.add(added);
        for (const inside of added.querySelectorAll(live)) regions.add(inside);
      }
    }
    for (const region of regions) {
      const text = textOf(region);
      if (text !== '' && text !== before.get(region)) window.natterHeard.push(text);
      before.set(region, text);
    }
  }).observe(document.body, { childList: true, characterData: true, subtree: true });
}
