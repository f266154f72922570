/**
 * Owns how the counts of a node are told to Prometheus. Nothing waits for it: rooms count by themselves, and are read
 * when somebody asks. Only a commit is measured here, as its time is a distribution and no count.
 */
import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  prometheusContentType,
  Registry,
} from '@prometheus-io/client';
import type { NatterCounters } from '../server.ts';
import type { OnCommit } from '../storage/contract.ts';

export interface Metrics {
  readonly contentType: string;
  /** For `openSqlite` and `openPostgres`. */
  readonly onCommit: OnCommit;
  /** In the text format of Prometheus: this process, and the node whose counters are given. */
  scrape(counters: NatterCounters): Promise<string>;
}

const commitSeconds = [
  0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
const commitWrites = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const writes = new Histogram({
    name: 'natter_commit_writes',
    help: 'Writes that one commit of the database made durable together',
    buckets: commitWrites,
    registers,
  });
  const seconds = new Histogram({
    name: 'natter_commit_seconds',
    help: 'Time of a commit, from handing it over to knowing that it is durable',
    buckets: commitSeconds,
    registers,
  });

  const rows = table.map(({ type, name, help, label, read }) => {
    const options = { name, help, registers, labelNames: label === undefined ? [] : [label] };
    const metric = type === 'counter' ? new Counter(options) : new Gauge(options);
    return (counters: NatterCounters) => {
      const value = read(counters);
      metric.reset();
      if (typeof value === 'number') metric.inc(value);
      else
        for (const [key, count] of Object.entries(value)) metric.inc({ [label ?? '']: key }, count);
    };
  });

  return {
    contentType: prometheusContentType,
    onCommit(count) {
      writes.observe(count);
      return seconds.startTimer();
    },
    async scrape(counters) {
      for (const update of rows) update(counters);
      return await registry.metrics();
    },
  };
}

interface Row {
  type: 'counter' | 'gauge';
  name: `natter_${string}`;
  help: string;
  /** Its values are few, and known beforehand. */
  label?: string;
  read: (counters: NatterCounters) => number | Readonly<Record<string, number>>;
}

const table: readonly Row[] = [
  {
    type: 'gauge',
    name: 'natter_connections',
    help: 'Sockets that are open',
    read: ({ connections }) => connections,
  },
  {
    type: 'counter',
    name: 'natter_connections_opened_total',
    help: 'Sockets that were opened',
    read: ({ connectionsOpened }) => connectionsOpened,
  },
  {
    type: 'counter',
    name: 'natter_connections_closed_total',
    help: 'Sockets that were closed, by the name of the close code; normal: by the client; lost: without a word',
    label: 'reason',
    read: ({ connectionsClosed }) => connectionsClosed,
  },
  {
    type: 'counter',
    name: 'natter_hellos_total',
    help: 'First calls of sockets; resumed: told what changed; afresh: told to load everything; refused',
    label: 'outcome',
    read: ({ hellos }) => hellos,
  },
  {
    type: 'counter',
    name: 'natter_calls_total',
    help: 'Calls over sockets and HTTP, whatever became of them',
    label: 'method',
    read: ({ calls }) => calls,
  },
  {
    type: 'gauge',
    name: 'natter_calls_in_flight',
    help: 'Calls that await their answer',
    read: ({ callsInFlight }) => callsInFlight,
  },
  {
    type: 'counter',
    name: 'natter_refusals_total',
    help: 'Calls and requests that were refused, by the code of the error; internal: a fault of the server',
    label: 'code',
    read: ({ refusals }) => refusals,
  },
  {
    type: 'counter',
    name: 'natter_deliveries_total',
    help: 'Events told to a socket, each socket counted',
    read: ({ deliveries }) => deliveries,
  },
  {
    type: 'counter',
    name: 'natter_outbound_bytes_total',
    help: 'Bytes of frames written to sockets',
    read: ({ outboundBytes }) => outboundBytes,
  },
  {
    type: 'counter',
    name: 'natter_ephemeral_dropped_total',
    help: 'Ephemeral events dropped because their reader was slow',
    read: ({ ephemeralDropped }) => ephemeralDropped,
  },
  {
    type: 'counter',
    name: 'natter_slow_consumers_total',
    help: 'Sockets closed because their reader was too slow',
    read: ({ slowConsumers }) => slowConsumers,
  },
  {
    type: 'counter',
    name: 'natter_repairs_total',
    help: 'Times that what somebody follows was compared with the database, as something may have been missed',
    read: ({ repairs }) => repairs,
  },
  {
    type: 'gauge',
    name: 'natter_bus_connected',
    help: '1 while other nodes are heard',
    read: ({ busConnected }) => Number(busConnected),
  },
  {
    type: 'counter',
    name: 'natter_bus_gaps_total',
    help: 'Times that messages of other nodes may have been missed',
    read: ({ busGaps }) => busGaps,
  },
  {
    type: 'gauge',
    name: 'natter_draining',
    help: '1 while the node sends its clients elsewhere, to stop',
    read: ({ draining }) => Number(draining),
  },
];
