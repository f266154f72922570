/** Owns what a page tells of itself while it is measured: when things were first painted, and how long its frames took. */
import type { CDPSession, Page } from 'playwright-core';

export interface Frames {
  total: number;
  over50: number;
  worstMs: number;
  /** The most elements there were in the page. */
  nodesMax: number;
}

interface Watched {
  natterWatch: {
    pressedAt: number;
    frames(): () => Frames;
  };
}

export interface Watching {
  /** Ms from navigation, or from the press, until it was painted. */
  paintedAfter(name: string, from: 'navigation' | 'press'): Promise<number>;
}

const paintedMaxMs = 120_000;

/**
 * To be added before the page is loaded. `things`: selectors, by name, of what is to be seen. The page looks when
 * something changed and tells of it by itself: to be asked, or to look in every frame, would take its time.
 */
export async function watch(
  page: Page,
  cdp: CDPSession,
  things: Readonly<Record<string, string>>,
): Promise<Watching> {
  const painted = new Map<string, { at: number; pressedAt: number }>();
  const waiting = new Set<() => void>();
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: 'natterTell' });
  cdp.on('Runtime.bindingCalled', ({ payload }) => {
    const told = JSON.parse(payload) as { name: string; at: number; pressedAt: number } | 'loaded';
    if (told === 'loaded') painted.clear();
    else painted.set(told.name, told);
    for (const look of [...waiting]) look();
  });
  await page.addInitScript((things) => {
    const tell = (told: unknown) =>
      (window as unknown as { natterTell(payload: string): void }).natterTell(JSON.stringify(told));
    const missing = new Map(Object.entries(things));
    const visible = { visibilityProperty: true, opacityProperty: true };
    const channel = new MessageChannel();
    let news: string[] = [];
    let isLooking = false;
    // After the frame, which a task follows.
    channel.port1.onmessage = () => {
      const at = performance.now();
      for (const name of news) tell({ name, at, pressedAt: watch.pressedAt });
      news = [];
    };

    function look(): void {
      isLooking = false;
      for (const [name, selector] of missing) {
        if (!document.querySelector(selector)?.checkVisibility(visible)) continue;
        missing.delete(name);
        news.push(name);
      }
      if (news.length > 0) channel.port2.postMessage(null);
      if (missing.size === 0) observer.disconnect();
    }
    const observer = new MutationObserver(() => {
      if (isLooking) return;
      isLooking = true;
      requestAnimationFrame(look);
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });

    const watch: Watched['natterWatch'] = {
      pressedAt: 0,
      frames() {
        const frames: Frames = { total: 0, over50: 0, worstMs: 0, nodesMax: 0 };
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) {
            frames.over50 += 1;
            frames.worstMs = Math.max(frames.worstMs, Math.round(duration));
          }
        });
        observer.observe({ type: 'long-animation-frame' });
        const nodes = document.getElementsByTagName('*');
        let stopped = false;
        requestAnimationFrame(function count() {
          if (stopped) return;
          frames.total += 1;
          if (frames.total % 10 === 0) frames.nodesMax = Math.max(frames.nodesMax, nodes.length);
          requestAnimationFrame(count);
        });
        return () => {
          stopped = true;
          observer.disconnect();
          return frames;
        };
      },
    };
    Object.assign(window, { natterWatch: watch });
    addEventListener(
      'pointerdown',
      ({ timeStamp }) => Object.assign(watch, { pressedAt: timeStamp }),
      true,
    );
    tell('loaded');
  }, things);

  return {
    paintedAfter: (name, from) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${name} was not painted within ${paintedMaxMs / 1_000} s`)),
          paintedMaxMs,
        );
        function look(): void {
          const seen = painted.get(name);
          if (seen === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(seen.at - (from === 'press' ? seen.pressedAt : 0));
        }
        waiting.add(look);
        look();
      }),
  };
}

export async function watchFrames(page: Page): Promise<() => Promise<Frames>> {
  const counting = await page.evaluateHandle(() =>
    (window as unknown as Watched).natterWatch.frames(),
  );
  return () => counting.evaluate((stop) => stop());
}

export async function heapMegabytes(cdp: CDPSession): Promise<number> {
  return Math.round((await metric(cdp, 'JSHeapUsedSize')) / 1e5) / 10;
}

/** What the processor has worked for the page's own thread, in ms: unlike the clock's, the same on a busy machine. */
export async function busyMilliseconds(cdp: CDPSession): Promise<number> {
  return (await metric(cdp, 'TaskDuration')) * 1_000;
}

async function metric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((each) => each.name === name)?.value ?? Number.NaN;
}
