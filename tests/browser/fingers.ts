/** Owns fingers on the screen: real touches of the browser, each where and when the test says. */
import type { CDPSession, Locator } from 'playwright-core';
import type { Person } from './person.ts';

export interface Place {
  x: number;
  y: number;
}

export interface Fingers {
  /** All that are on the screen, in the order in which they came. */
  at(...places: readonly Place[]): Promise<void>;
  /** Lets go with all of them. */
  lift(): Promise<void>;
}

/** In seconds. Of touches that follow sooner the browser guesses how they go on, and for a frame it paints that. */
const apart = 0.025;

export async function touch({ context, page }: Person): Promise<Fingers> {
  const cdp: CDPSession = await context.newCDPSession(page);
  let down = 0;
  let timestamp = 0;
  async function send(type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Place[]) {
    down = touchPoints.length;
    timestamp = Math.max(Date.now() / 1_000, timestamp + apart);
    await cdp.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp });
  }
  return {
    at: (...places) => send(places.length > down ? 'touchStart' : 'touchMove', [...places]),
    lift: () => send('touchEnd', []),
  };
}

/** One finger in the middle of the timeline, which goes up and down from there, as far as it must. */
export async function putFinger(
  person: Person,
): Promise<{ move(pixels: number): Promise<void>; lift(): Promise<void> }> {
  const fingers = await touch(person);
  const place = await middleOf(person.timeline);
  await fingers.at({ ...place });
  return {
    async move(pixels) {
      place.y += pixels;
      await fingers.at({ ...place });
    },
    lift: fingers.lift,
  };
}

export async function middleOf(locator: Locator): Promise<Place> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('it is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
