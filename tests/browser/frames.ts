/**
 * Owns what is painted, frame by frame: where every row of the timeline stands in the frame that goes to the screen, after
 * all that scripts and measuring have done to it. An intersection observer tells it: it is the last to look before paint.
 */
import type { JSHandle } from 'playwright-core';
import { expect } from 'vitest';
import type { Person } from './person.ts';

/** In pixels from the top of the window. */
interface Box {
  id: string;
  top: number;
  bottom: number;
}

/** One painted frame: the rows of which anything shows, from the top. */
export type Frame = readonly Box[];

export interface Recording {
  /** All frames since the recording began. */
  stop(): Promise<Frame[]>;
}

/** So far may a row be drawn from where it was: whole pixels are told, and heights are parts of them. */
const slackPixels = 1;

/** The line above what is new. */
export const newLine = 'newLine';

export async function record({ timeline }: Pick<Person, 'timeline'>): Promise<Recording> {
  const recorder: JSHandle<{ stop(): Promise<Frame[]> }> = await timeline.evaluateHandle(
    async (log, newLine) => {
      const frames: Frame[] = [];
      let stopped = false;

      function look(): void {
        if (stopped) return;
        const at = frames.push([]) - 1;
        const observer = new IntersectionObserver((entries) => {
          observer.disconnect();
          // Where told late, what crossed an edge in the next frame is in it once more.
          const boxes = new Map<Element, DOMRectReadOnly>();
          for (const { target, boundingClientRect } of entries)
            if (!boxes.has(target)) boxes.set(target, boundingClientRect);
          frames[at] = read(boxes);
        });
        observer.observe(log);
        // A row is hidden until its height is known, and all are until it is known where to open: they stand elsewhere.
        const seen = { visibilityProperty: true, opacityProperty: true };
        for (const each of log.querySelectorAll('.natter-timeline-row, .natter-new-line'))
          if (each.checkVisibility(seen)) observer.observe(each);
        requestAnimationFrame(look);
      }

      function read(boxes: ReadonlyMap<Element, DOMRectReadOnly>): Frame {
        const view = boxes.get(log);
        if (view === undefined) return [];
        return [...boxes]
          .filter(([target]) => target !== log)
          .map(([target, { top, bottom }]) => {
            const message = target.querySelector<HTMLElement>('[data-message-id]');
            return { id: message?.dataset.messageId ?? newLine, top, bottom };
          })
          .filter(({ top, bottom }) => bottom > top && bottom > view.top && top < view.bottom)
          .sort((a, b) => a.top - b.top);
      }

      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      requestAnimationFrame(look);
      await frame();
      return {
        async stop() {
          // What is observed in a frame is told soon after it.
          for (let count = 0; count < 3; count++) await frame();
          stopped = true;
          return frames.filter(({ length }) => length > 0);
        },
      };
    },
    newLine,
  );
  return { stop: () => recorder.evaluate((each) => each.stop()) };
}

/** No row was ever elsewhere than where it was first seen. `but`: rows that had to give way. */
export function expectStill(frames: readonly Frame[], but: ReadonlySet<string> = new Set()): void {
  const places = new Map<string, number>();
  const leaps: string[] = [];
  for (const [at, frame] of frames.entries()) {
    for (const { id, top } of frame) {
      if (but.has(id)) continue;
      const before = places.get(id);
      if (before === undefined) places.set(id, top);
      else if (Math.abs(top - before) > slackPixels)
        leaps.push(`frame ${at}: ${id} is at ${top}, was at ${before}`);
    }
  }
  expect(leaps).toEqual([]);
}

/**
 * What was scrolled: between any two frames all rows move alike, by nothing or by whole steps of the hand. Returns the
 * steps; up is positive, it brings what was written before.
 */
export function expectSteps(frames: readonly Frame[], stepPixels: number): number {
  const leaps: string[] = [];
  let steps = 0;
  for (const [at, frame] of frames.entries()) {
    if (at === 0) continue;
    const before = new Map(frames[at - 1]?.map(({ id, top }) => [id, top]));
    const moves = frame
      .filter(({ id }) => before.has(id))
      .map(({ id, top }) => top - (before.get(id) ?? 0));
    const whole = Math.round((moves[0] ?? Number.NaN) / stepPixels);
    steps += whole;
    if (!moves.every((move) => Math.abs(move - whole * stepPixels) <= slackPixels))
      leaps.push(`frame ${at}: ${moves.join(', ')}`);
  }
  expect(leaps).toEqual([]);
  return steps;
}

/** Counts how often all rows were drawn anew at once, which no step of a few rows needs. */
export async function watchRedrawing({
  timeline,
}: Pick<Person, 'timeline'>): Promise<() => Promise<number>> {
  const watcher = await timeline.evaluateHandle((log) => {
    const rowsOf = () => [...log.querySelectorAll('.natter-timeline-row')];
    let rows = rowsOf();
    let count = 0;
    const observer = new MutationObserver(() => {
      if (rows.length > 0 && rows.every((row) => !row.isConnected)) count += 1;
      rows = rowsOf();
    });
    observer.observe(log, { subtree: true, childList: true });
    return { count: () => count };
  });
  return () => watcher.evaluate(({ count }) => count());
}
