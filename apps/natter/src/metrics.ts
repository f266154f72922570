/**
 * Owns the address where Prometheus reads the node: a port of its own, so that who reaches the chat does not reach this.
 * It stays open while the node drains, as that is when operators look.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Log, NatterCounters } from '@natter/server';
import type { Metrics } from '@natter/server/metrics';
import { listen } from './listen.ts';

export interface MetricsPage {
  url: string;
  close(): Promise<void>;
}

export async function openMetricsPage(options: {
  metrics: Metrics;
  counters: () => NatterCounters;
  log: Log;
  port: number;
  host: string;
}): Promise<MetricsPage> {
  const { metrics, counters, log } = options;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (request.url?.split('?')[0] !== '/metrics') return void response.writeHead(404).end();
    if (!isRead) return void response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    const text = await metrics.scrape(counters());
    response.writeHead(200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' });
    response.end(request.method === 'HEAD' ? '' : text);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error({ error }, 'unable to tell the metrics');
      response.destroy();
    });
  });
  const { localUrl } = await listen(server, {
    ...options,
    settings: { port: 'NATTER_METRICS_PORT', host: 'NATTER_METRICS_HOST' },
  });
  return {
    url: `${localUrl}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
