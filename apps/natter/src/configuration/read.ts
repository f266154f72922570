/**
 * Owns how the program is told what to do: environment and flags, where a flag wins. Everything that is wrong is
 * said at once, each with the name of its setting and what to do.
 */
import {
  type Configuration,
  type Setting,
  type SettingName,
  settingNames,
  settings,
} from './settings.ts';

export type Told =
  | { kind: 'help' }
  | { kind: 'version' }
  | { kind: 'invalid'; problems: readonly string[] }
  | { kind: 'ready'; configuration: Configuration; warnings: readonly string[] };

interface Given {
  text: string;
  /** `NATTER_PORT` or `--port`, as it was given. */
  by: string;
}

export function readConfiguration(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Told {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return { kind: 'help' };
  if (args.some((arg) => arg === '--version' || arg === '-v')) return { kind: 'version' };

  const { configuration, refused, problems } = readSettings(args, env);
  problems.push(...judgeTogether(configuration, refused));
  return problems.length > 0
    ? { kind: 'invalid', problems }
    : { kind: 'ready', configuration, warnings: unknownNames(env) };
}

/** Each for itself: whether they go together depends on what is to be done. */
export function readSettings(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): { configuration: Configuration; refused: ReadonlySet<SettingName>; problems: string[] } {
  const flags = readFlags(args);
  const problems = [...flags.problems];
  const values: Partial<Record<SettingName, unknown>> = {};
  const refused = new Set<SettingName>();
  for (const name of settingNames) {
    const row: Setting<unknown> = settings[name];
    const given = flags.given.get(name) ?? fromEnvironment(row, env);
    values[name] = row.fallback;
    if (given === null) continue;
    const reading = row.read(given.text);
    if ('value' in reading) {
      values[name] = reading.value;
    } else {
      refused.add(name);
      const shown = row.secret ? '' : `; it is "${given.text.slice(0, 100)}"`;
      problems.push(`${given.by} ${reading.problem}${shown}`);
    }
  }
  return { configuration: values as Configuration, refused, problems };
}

/** What no setting can tell alone. Says nothing about settings that are wrong by themselves. */
function judgeTogether(
  { demo, authSecret, authJwksUrl, databaseUrl, busUrl }: Configuration,
  refused: ReadonlySet<SettingName>,
): string[] {
  if (demo && databaseUrl !== null) {
    return [
      'NATTER_DEMO plays its past by a clock of its own, so it needs the embedded database; set NATTER_DEMO=0, or unset NATTER_DATABASE_URL',
    ];
  }
  if (busUrl !== null && databaseUrl === null && !refused.has('databaseUrl')) {
    return [
      'NATTER_BUS_URL connects nodes that share a database, and this one has its own; set NATTER_DATABASE_URL too, or unset NATTER_BUS_URL',
    ];
  }
  const auth: SettingName[] = ['demo', 'authSecret', 'authJwksUrl'];
  if (auth.some((name) => refused.has(name))) return [];
  if (authSecret !== null && authJwksUrl !== null) {
    return ['NATTER_AUTH_SECRET and NATTER_AUTH_JWKS_URL are both set; set one of them'];
  }
  const signIn = authSecret !== null || authJwksUrl !== null;
  if (demo && signIn) {
    const which = authSecret === null ? 'NATTER_AUTH_JWKS_URL' : 'NATTER_AUTH_SECRET';
    return [
      `NATTER_DEMO lets anyone in, so it does not go with ${which}; set NATTER_DEMO=0, or unset ${which}`,
    ];
  }
  return demo || signIn
    ? []
    : [
        'nobody could sign in: set NATTER_AUTH_SECRET (the secret your application signs its tokens with) or NATTER_AUTH_JWKS_URL; or try it out with NATTER_DEMO=1',
      ];
}

function readFlags(args: readonly string[]): {
  given: Map<SettingName, Given>;
  problems: string[];
} {
  const given = new Map<SettingName, Given>();
  const problems: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    const [flag = '', ...rest] = arg.split('=');
    const name = settingNames.find((each) => settings[each].flag === flag);
    const negated = settingNames.find(
      (each) =>
        settings[each].placeholder === null && `--no-${settings[each].flag.slice(2)}` === arg,
    );
    if (negated !== undefined) {
      set(negated, { text: '0', by: arg });
    } else if (name === undefined) {
      const kind = arg.startsWith('-') ? 'flag' : 'argument';
      problems.push(`${flag.slice(0, 100)} is no ${kind} of natter; see natter --help`);
    } else if (rest.length > 0) {
      set(name, { text: rest.join('='), by: flag });
    } else if (settings[name].placeholder === null) {
      set(name, { text: '1', by: flag });
    } else {
      const next = args[at + 1];
      if (next === undefined || next.startsWith('--')) {
        problems.push(`${flag} needs a value: ${flag} ${settings[name].placeholder}`);
      } else {
        set(name, { text: next, by: flag });
        at += 1;
      }
    }
  }
  return { given, problems };

  function set(name: SettingName, value: Given): void {
    if (given.has(name)) problems.push(`${value.by} is given twice; give it once`);
    given.set(name, value);
  }
}

/** An empty variable counts as not set, as many tools leave them so. */
function fromEnvironment(
  row: Setting<unknown>,
  env: Readonly<Record<string, string | undefined>>,
): Given | null {
  const text = env[row.env]?.trim();
  return text === undefined || text === '' ? null : { text, by: row.env };
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>(settingNames.map((name) => settings[name].env));
  return Object.keys(env)
    .filter((name) => name.startsWith('NATTER_') && !known.has(name))
    .slice(0, 20)
    .map((name) => `${name} is no setting of natter and does nothing; see natter --help`);
}
