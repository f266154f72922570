/** Owns what the programs cost that this process has started, by their name, with all their own processes. Linux only. */
import { readFileSync } from 'node:fs';

const ticksPerSecond = 100;

/** Seconds of processor time. */
export function usageOf(name: 'postgres' | 'nats-server'): number {
  for (;;) {
    try {
      const mine = childrenOf(process.pid).map(readProcess);
      return mine.filter((each) => each.name === name).reduce((sum, each) => sum + each.seconds, 0);
    } catch (error) {
      // One has ended in between: what it cost is its parent's now.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

function readProcess(pid: number): { name: string; seconds: number } {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const nameEnd = text.lastIndexOf(')');
  // User and system time, its own and of children that have ended: fields 14 to 17.
  const times = text
    .slice(nameEnd + 2)
    .split(' ')
    .slice(11, 15);
  const own = times.reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
  return {
    name: text.slice(text.indexOf('(') + 1, nameEnd),
    seconds: childrenOf(pid).reduce((sum, child) => sum + readProcess(child).seconds, own),
  };
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}
