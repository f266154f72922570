/**
 * Owns bench/report/: what every scenario gave last, with machine, date and commit, as data, and the page and plots made from
 * it. A scenario that is run again replaces its own part.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, release } from 'node:os';
import type { Outcome, Scenario, Table } from '../scenarios/scenario.ts';
import { drawPlot } from './plot.ts';

interface Entry extends Outcome, Circumstances {
  rounds: number;
}

const folder = new URL('../report/', import.meta.url);
const resultsFile = new URL('results.json', folder);

export interface Circumstances {
  machine: string;
  date: string;
  commit: string;
  /** Processes that wanted a core, the minute before: above a few, times say little. */
  loadBefore: number;
}

export function circumstances(): Circumstances {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', 'packages', 'bench')
    .split('\n')
    .filter((line) => line !== '' && !line.includes('bench/report/'));
  return {
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Linux ${release()}, Node ${process.version}`,
    date: new Date().toISOString().slice(0, 16).replace('T', ' '),
    commit: `${git('rev-parse', '--short=10', 'HEAD')}${changed.length > 0 ? ' and changes' : ''}`,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

export async function publish(
  name: string,
  outcome: Outcome,
  at: Circumstances & { rounds: number },
  scenarios: Readonly<Record<string, Scenario>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const results = JSON.parse(await readFile(resultsFile, 'utf8').catch(() => '{}')) as Record<
    string,
    Entry
  >;
  results[name] = { ...outcome, ...at };
  await writeFile(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  const parts = [
    '# What Natter costs\n\nWritten by `npm run bench`; what each column means is in [docs/bench.md](../../docs/bench.md).\n',
  ];
  for (const [name, { title }] of Object.entries(scenarios)) {
    const entry = results[name];
    if (entry === undefined) continue;
    parts.push(`## ${capital(title)}\n`);
    parts.push(
      `\`npm run bench -- ${name}\` on ${entry.date} UTC, commit ${entry.commit}, ${entry.machine}; rounds: ${entry.rounds}; load before: ${entry.loadBefore}.\n`,
    );
    if (entry.warnings.length > 0)
      parts.push(entry.warnings.map((warning) => `> ${warning}\n`).join('>\n'));
    for (const plot of entry.plots ?? []) {
      await writeFile(new URL(`${plot.name}.svg`, folder), drawPlot(plot));
      parts.push(`![${plot.title}](${plot.name}.svg)\n`);
    }
    for (const table of entry.tables)
      parts.push(`**${capital(table.title)}**\n\n${toMarkdown(table)}\n`);
  }
  await writeFile(new URL('README.md', folder), parts.join('\n'));
}

function toMarkdown({ rows }: Table): string {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
  ].join('\n');
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
