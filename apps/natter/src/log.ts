/**
 * Owns the form of the log: a line for people, or a JSON object a line for machines, on stderr. Of an error it tells
 * what it is and where it came from; whatever else hangs on it stays out, as a database hangs the row on it that failed.
 */
import type { Log } from '@natter/server';
import { destination, type Level, pino } from 'pino';

export type LogForm = 'text' | 'json';

/** Where lines go. Written at once, so that the last words of a process are not lost. */
export interface LogSink {
  write(line: string): void;
}

export function createLog(
  form: LogForm,
  sink: LogSink = destination({ dest: 2, sync: true }),
  level: Level = 'info',
): Log {
  const log = pino(
    { name: 'natter', level, serializers: { error: tellError } },
    form === 'json' ? sink : { write: (line: string) => sink.write(toText(line)) },
  );
  return log;
}

interface ToldError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ToldError;
}

const causesMax = 5;

export function tellError(error: unknown, causes = causesMax): ToldError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something was thrown that is no error' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause instanceof Error && causes > 0
      ? { cause: tellError(error.cause, causes - 1) }
      : {}),
  };
}

const levels: Record<number, string> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

/** `2026-11-30T08:00:00.000Z warn NATS is away: … servers=["nats:4222"]`, and the stack of an error behind it. */
function toText(line: string): string {
  const {
    level,
    time,
    msg,
    error,
    name: _name,
    pid: _pid,
    hostname: _host,
    ...facts
  } = JSON.parse(line) as {
    level: number;
    time: number;
    msg: string;
    error?: ToldError;
  } & Record<string, unknown>;
  const told = Object.entries(facts).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
  const head = `${new Date(time).toISOString()} ${levels[level] ?? level} ${msg}${told.join('')}`;
  return `${[head, ...stacksOf(error)].join('\n')}\n`;
}

function stacksOf(error: ToldError | undefined): string[] {
  if (error === undefined) return [];
  return [`  ${error.stack ?? `${error.type}: ${error.message}`}`, ...stacksOf(error.cause)];
}
