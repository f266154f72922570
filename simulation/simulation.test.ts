/** Owns what `npm test` asks of the simulation: a fixed number of seeds, that each is the same twice, and that faults are found. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants/catalogue.ts';
import { huntMutant } from './mutants/mutants.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What it prints, when it fails; else nothing. */
function simulate(...args: string[]): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--conditions=source', `${root}/simulation/main.ts`, ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  const add = (data: Buffer) => {
    output += data.toString();
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0 ? '' : output || `it ended with ${code}`));
  });
}

describe('simulation', () => {
  it('[REPAIR4][SEND2][APPLY1] 300 seeds hold every rule, 20 of them on several nodes and a poor bus', async () => {
    const failures = await Promise.all([
      simulate('--seeds', '1..145'),
      simulate('--seeds', '146..280'),
      simulate('--several', '--seeds', '1..20'),
    ]);
    expect(failures).toEqual(['', '', '']);
  });

  it('[APPLY1] one seed is one run: the same trace and frames twice', async () => {
    expect(await simulate('--twice', '1..4')).toBe('');
  });

  it('[CURSOR7] seed 73: a cursor that moved behind a cut of the bus, in four steps', async () => {
    expect(await simulate('--seed', '73', '--steps', '117,161,162,167')).toBe('');
  });

  it('[REPAIR2][CURSOR7] seed 90774: a cursor that moved while what was missed was read', async () => {
    expect(await simulate('--seed', '90774')).toBe('');
  });

  it('[SEND2][EVENT7][CLOSE4] a fault that is put into the code is found', async () => {
    for (const name of [
      'new id at each try',
      'unfollow forgotten',
      'deliver to a removed member',
    ]) {
      const mutant = mutants.find((one) => one.name === name);
      if (mutant === undefined) throw new Error(`there is no mutant called ${name}`);
      const { seed } = await huntMutant({ ...mutant, seedsMax: 20 });
      expect([name, seed]).toEqual([name, expect.any(Number)]);
    }
  });

  it('[SEND2] every mutant still finds its place in the code', () => {
    const astray = mutants.flatMap(({ name, patches }) =>
      patches.flatMap(({ file, find }) => {
        const times = readFileSync(`${root}/${file}`, 'utf8').split(find).length - 1;
        return times === 1 ? [] : [`${name}: ${times} times in ${file}`];
      }),
    );
    expect(astray).toEqual([]);
  });
});
