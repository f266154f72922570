/** Owns putting a mutant into the code, by a hook that loads it: the product has no switch. Used with `--import`. */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { mutants } from './catalogue.ts';

const name = process.env.SIMULATION_MUTANT;
const mutant = mutants.find((one) => one.name === name);
if (mutant === undefined) throw new Error(`unable to mutate: there is no mutant called ${name}`);

const pending = new Set(mutant.patches.map(({ file }) => file));

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.startsWith('file:')) return loaded;
    const path = fileURLToPath(url);
    let source: string | null = null;
    for (const { file, find, replace } of mutant.patches) {
      if (!path.endsWith(`/${file}`)) continue;
      source ??= String(
        typeof loaded.source === 'string'
          ? loaded.source
          : new TextDecoder().decode(loaded.source as Uint8Array),
      );
      const parts: string[] = source.split(find);
      if (parts.length !== 2)
        throw new Error(
          `unable to mutate: "${mutant.name}" looks for a text that is ${parts.length - 1} times in ${file}; bring its patch up to date`,
        );
      source = parts.join(replace);
      pending.delete(file);
    }
    return source === null ? loaded : { ...loaded, source };
  },
});

process.on('exit', () => {
  if (pending.size === 0) return;
  console.error(`unable to mutate: ${[...pending].join(', ')} was never loaded`);
  process.exitCode = 3;
});
