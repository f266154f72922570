/** Owns the writing connection, in a thread of its own. Each message is a batch and gets one answer. */
import { parentPort, workerData } from 'node:worker_threads';
import { unreachable } from '@natter/protocol';
import { systemClock } from '../../../runtime/system.ts';
import { connect } from '../connection.ts';
import { runBatch } from './batch.ts';
import type { FromWriter, ToWriter, WriterSettings } from './messages.ts';

const port = parentPort;
if (port === null) throw new Error('unable to run the writer: it is not in a worker thread');
const { path, membersMax } = workerData as WriterSettings;
const db = connect(path, 'write');
const options = { clock: systemClock, membersMax };

function commit(calls: Extract<ToWriter, { type: 'commit' }>['calls']): FromWriter {
  try {
    return { type: 'committed', answers: runBatch(db, calls, options) };
  } catch (error) {
    return { type: 'failed', error };
  }
}

port.on('message', (message: ToWriter) => {
  switch (message.type) {
    case 'commit':
      port.postMessage(commit(message.calls));
      return;
    case 'close':
      db.close();
      port.close();
      return;
    default:
      unreachable(message);
  }
});
port.postMessage({ type: 'ready' } satisfies FromWriter);
