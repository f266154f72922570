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
    painted: Record<string, number>;
    pressedAt: number;
    frames(): () => Frames;
  };
}

/** To be added before the page is loaded. `things`: selectors, by name, of what is to be seen. */
export async function watch(page: Page, things: Readonly<Record<string, string>>): Promise<void> {
  await page.addInitScript((things) => {
    const painted: Record<string, number> = {};
    const channel = new MessageChannel();
    let news: string[] = [];
    // After the frame, which a task follows.
    channel.port1.onmessage = () => {
      for (const name of news) painted[name] = performance.now();
      news = [];
    };
    const visible = { visibilityProperty: true, opacityProperty: true };

    function look(): void {
      const missing = Object.entries(things).filter(([name]) => painted[name] === undefined);
      news = missing
        .filter(([, selector]) => document.querySelector(selector)?.checkVisibility(visible))
        .map(([name]) => name);
      if (news.length > 0) channel.port2.postMessage(null);
      requestAnimationFrame(look);
    }

    const watch: Watched['natterWatch'] = {
      painted,
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
    requestAnimationFrame(look);
  }, things);
}

/** Ms from navigation, or from the press, until it was painted. */
export async function paintedAfter(
  page: Page,
  name: string,
  from: 'navigation' | 'press',
): Promise<number> {
  await page.waitForFunction(
    (name) => name in (window as unknown as Watched).natterWatch.painted,
    name,
    { timeout: 120_000 },
  );
  return page.evaluate(
    ({ name, from }) => {
      const { painted, pressedAt } = (window as unknown as Watched).natterWatch;
      return (painted[name] ?? Number.NaN) - (from === 'press' ? pressedAt : 0);
    },
    { name, from },
  );
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
