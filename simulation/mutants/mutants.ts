/** Owns the proof that the simulation can fail: every mutant runs in a process of its own until a seed catches it. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ruleOf } from '../shrink.ts';
import { type Mutant, mutants } from './catalogue.ts';

export interface Hunted {
  mutant: Mutant;
  /** Null: it survived. */
  seed: number | null;
  violation: string | null;
}

const atOnce = 2;

/** Prints the table; 1 when a mutant survives. */
export async function runMutants(name: string | null): Promise<number> {
  const chosen = mutants.filter((mutant) => name === null || mutant.name === name);
  if (chosen.length === 0) {
    console.error(`there is no mutant called ${name}: ${mutants.map((it) => it.name).join(', ')}`);
    return 2;
  }
  console.log('| mutant | file | caught by | seeds |\n| --- | --- | --- | --- |');
  const waiting = [...chosen];
  let survivors = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const { seed, violation } = await huntMutant(mutant);
        if (seed === null) survivors += 1;
        const files = mutant.patches.map(({ file }) => file.replace('packages/', '')).join(', ');
        const caught = seed === null ? 'SURVIVES' : ruleOf(violation);
        console.log(`| ${mutant.name} | ${files} | ${caught} | ${seed ?? mutant.seedsMax} |`);
      }
    }),
  );
  return survivors === 0 ? 0 : 1;
}

/** Rejects when the mutant is not what the sources are any more. */
export function huntMutant(mutant: Mutant): Promise<Hunted> {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      here('./preload.ts'),
      here('../main.ts'),
      '--hunt',
      `1..${mutant.seedsMax}`,
    ],
    {
      env: { ...process.env, SIMULATION_MUTANT: mutant.name },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      const line = output.trim().split('\n').at(-1) ?? '';
      if (code !== 0 || line === '') reject(new Error(`${mutant.name}: ${errors || output}`));
      else resolve({ mutant, ...(JSON.parse(line) as { seed: number | null; violation: string }) });
    });
  });
}
