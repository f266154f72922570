import { describe, expect, it } from 'vitest';
import { helpText } from './help.ts';
import { readConfiguration } from './read.ts';
import { type SettingName, settingNames, settings } from './settings.ts';

const secret = 'a secret of thirty-two bytes, or more';
const database = 'postgres://natter@db/natter';

/** For every setting: what it takes and what that means, and what it refuses and with which words. */
const cases: Record<
  SettingName,
  {
    takes: readonly [text: string, value: unknown][];
    refuses: readonly [text: string, says: string][];
  }
> = {
  port: {
    takes: [
      ['8080', 8080],
      ['0', 0],
      ['65535', 65_535],
    ],
    refuses: [
      ['65536', 'from 0 to 65535'],
      ['-1', 'from 0 to 65535'],
      ['http', 'from 0 to 65535'],
      ['80.5', 'from 0 to 65535'],
      ['tcp://10.0.0.1:80', 'from 0 to 65535'],
    ],
  },
  host: {
    takes: [
      ['0.0.0.0', '0.0.0.0'],
      ['::', '::'],
      ['chat.internal', 'chat.internal'],
    ],
    refuses: [['http://x', 'must be an address']],
  },
  data: {
    takes: [['/var/lib/natter', '/var/lib/natter']],
    refuses: [['a\0b', 'must be the path']],
  },
  publicUrl: {
    takes: [
      ['https://chat.example.com', 'https://chat.example.com'],
      ['https://chat.example.com/', 'https://chat.example.com'],
      ['http://localhost:4600', 'http://localhost:4600'],
    ],
    refuses: [
      ['chat.example.com', 'http or https'],
      ['https://example.com/chat', 'without a path'],
      ['ftp://example.com', 'http or https'],
    ],
  },
  origins: {
    takes: [
      ['https://a.example', ['https://a.example']],
      ['https://a.example, http://b.example:81 ,', ['https://a.example', 'http://b.example:81']],
    ],
    refuses: [
      ['*', 'http or https'],
      ['https://a.example,b', 'http or https'],
      ['null', 'http or https'],
    ],
  },
  trustProxy: {
    takes: [
      ['0', 0],
      ['2', 2],
    ],
    refuses: [
      ['11', 'from 0 to 10'],
      ['yes', 'from 0 to 10'],
      ['-1', 'from 0 to 10'],
      ['10.0.0.0/8', 'from 0 to 10'],
    ],
  },
  drainSeconds: {
    takes: [
      ['0', 0],
      ['90', 90],
    ],
    refuses: [
      ['3601', 'from 0 to 3600'],
      ['15s', 'from 0 to 3600'],
      ['1.5', 'from 0 to 3600'],
    ],
  },
  metricsPort: {
    takes: [['9464', 9464]],
    refuses: [
      ['65536', 'from 0 to 65535'],
      ['on', 'from 0 to 65535'],
    ],
  },
  metricsHost: {
    takes: [['10.0.0.5', '10.0.0.5']],
    refuses: [['10.0.0.5/8', 'must be an address']],
  },
  log: {
    takes: [
      ['json', 'json'],
      ['text', 'text'],
    ],
    refuses: [['pretty', 'must be text or json']],
  },
  authSecret: { takes: [[secret, secret]], refuses: [['too short', 'at least 32 bytes']] },
  authJwksUrl: {
    takes: [
      ['https://example.com/jwks.json', 'https://example.com/jwks.json'],
      ['http://localhost:9000/jwks', 'http://localhost:9000/jwks'],
    ],
    refuses: [
      ['http://example.com/jwks.json', 'must be an https address'],
      ['jwks.json', 'must be an https address'],
    ],
  },
  demo: {
    takes: [
      ['1', true],
      ['true', true],
      ['0', false],
      ['OFF', false],
    ],
    refuses: [['maybe', 'must be 1 or 0']],
  },
  profiles: {
    takes: [
      ['editable', 'editable'],
      ['fromToken', 'fromToken'],
    ],
    refuses: [['mine', 'must be editable or fromToken']],
  },
  databaseUrl: {
    takes: [
      ['postgres://u:p@db:5432/natter', 'postgres://u:p@db:5432/natter'],
      [
        'postgresql://u@db/natter?sslmode=verify-full',
        'postgresql://u@db/natter?sslmode=verify-full',
      ],
    ],
    refuses: [
      ['mysql://u:p@db/natter', 'must be like postgres://'],
      ['postgres://u:p@db', 'must be like postgres://'],
      ['natter', 'must be like postgres://'],
    ],
  },
  busUrl: {
    takes: [
      ['nats://bus', 'nats://bus'],
      ['tls://me:hush@one,two:5222?prefix=team', 'tls://me:hush@one,two:5222?prefix=team'],
    ],
    refuses: [
      ['bus:4222', 'must be a nats:// or tls:// address'],
      ['nats://bus?colour=red', 'can have only prefix'],
    ],
  },
  filesUrl: {
    takes: [
      [
        's3://files.example.com/chat',
        { bucket: 'chat', prefix: '', reads: 'through', endpoint: 'https://files.example.com' },
      ],
    ],
    refuses: [['s3://bucket', 'must be the address of a bucket']],
  },
};

/** What lets the program start while another setting is looked at. */
function base(name: SettingName): Record<string, string> {
  if (name === 'databaseUrl') return { NATTER_AUTH_SECRET: secret };
  if (name === 'busUrl') return { NATTER_AUTH_SECRET: secret, NATTER_DATABASE_URL: database };
  return ['demo', 'authSecret', 'authJwksUrl'].includes(name) ? {} : { NATTER_DEMO: '1' };
}
function complete(name: SettingName, value: unknown): Record<string, string> {
  return name === 'demo' && value === false ? { NATTER_AUTH_SECRET: secret } : base(name);
}

describe.each(settingNames)('setting %s', (name) => {
  const { env, flag, placeholder } = settings[name];

  for (const [text, value] of cases[name].takes) {
    it(`takes "${text}" by the environment and by its flag`, () => {
      const rest = complete(name, value);
      for (const told of [
        readConfiguration([], { ...rest, [env]: text }),
        readConfiguration([`${flag}=${text}`], rest),
        ...(placeholder === null ? [] : [readConfiguration([flag, text], rest)]),
      ]) {
        expect(told).toMatchObject({ kind: 'ready', warnings: [] });
        expect(told.kind === 'ready' && told.configuration[name]).toEqual(value);
      }
    });
  }

  for (const [text, says] of cases[name].refuses) {
    it(`refuses ${JSON.stringify(text)} and names itself`, () => {
      for (const [given, by] of [
        [readConfiguration([], { ...base(name), [env]: text }), env],
        [readConfiguration([`${flag}=${text}`], base(name)), flag],
      ] as const) {
        expect(given.kind).toBe('invalid');
        const problems = given.kind === 'invalid' ? given.problems : [];
        expect(problems).toHaveLength(1);
        expect(problems[0]).toMatch(new RegExp(`^${by} `));
        expect(problems[0]).toContain(says);
      }
    });
  }

  it('is listed by --help with its flag, its variable and what it does', () => {
    const help = helpText();
    expect(help).toContain(`${flag}${placeholder === null ? ', --no-' : ` ${placeholder}`}`);
    expect(help).toContain(env);
    expect(help).toContain(settings[name].about);
  });
});

describe('configuration', () => {
  const problemsOf = (args: string[], env: Record<string, string> = {}) => {
    const told = readConfiguration(args, env);
    return told.kind === 'invalid' ? told.problems : [];
  };

  it('without any setting says how people could sign in', () => {
    const [problem, ...others] = problemsOf([]);
    expect(others).toEqual([]);
    for (const name of ['NATTER_AUTH_SECRET', 'NATTER_AUTH_JWKS_URL', 'NATTER_DEMO']) {
      expect(problem).toContain(name);
    }
  });

  it('refuses a bus between nodes that do not share a database, and the demo on one that is elsewhere', () => {
    const env = { NATTER_AUTH_SECRET: secret, NATTER_BUS_URL: 'nats://bus' };
    expect(problemsOf([], env)).toEqual([expect.stringContaining('set NATTER_DATABASE_URL too')]);
    expect(problemsOf([], { ...env, NATTER_DATABASE_URL: database })).toEqual([]);
    expect(problemsOf(['--demo'], { NATTER_DATABASE_URL: database })).toEqual([
      expect.stringContaining('needs the embedded database'),
    ]);
  });

  it('has a fallback for everything else', () => {
    expect(readConfiguration(['--demo'], {})).toEqual({
      kind: 'ready',
      warnings: [],
      configuration: {
        port: 4600,
        host: '127.0.0.1',
        data: 'natter-data',
        publicUrl: null,
        origins: [],
        trustProxy: 0,
        authSecret: null,
        authJwksUrl: null,
        demo: true,
        profiles: null,
        databaseUrl: null,
        busUrl: null,
        filesUrl: null,
        drainSeconds: null,
        metricsPort: null,
        metricsHost: '127.0.0.1',
        log: 'text',
      },
    });
  });

  it('a flag wins over the environment, and an empty variable is not set', () => {
    const told = readConfiguration(['--port', '1', '--no-demo'], {
      NATTER_PORT: '2',
      NATTER_DEMO: '1',
      NATTER_AUTH_SECRET: secret,
      NATTER_HOST: '',
    });
    expect(told).toMatchObject({
      kind: 'ready',
      configuration: { port: 1, demo: false, host: '127.0.0.1' },
    });
  });

  it('says everything that is wrong at once', () => {
    const problems = problemsOf(['--colour', 'stray', '--data'], {
      NATTER_PORT: 'x',
      NATTER_ORIGINS: '*',
      NATTER_AUTH_SECRET: 'short',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      '--colour',
      'stray',
      '--data',
      'NATTER_PORT',
      'NATTER_ORIGINS',
      'NATTER_AUTH_SECRET',
    ]);
  });

  it('never repeats a secret', () => {
    const problems = problemsOf(['--bus-url=nuts://me:hush@bus'], {
      NATTER_AUTH_SECRET: 'hush',
      NATTER_DATABASE_URL: 'postgres://me:hush@db',
    });
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hush');
  });

  it('refuses ways of signing in that do not go together', () => {
    const jwks = { NATTER_AUTH_JWKS_URL: 'https://example.com/jwks.json' };
    expect(problemsOf([], { ...jwks, NATTER_AUTH_SECRET: secret })[0]).toContain('both set');
    expect(problemsOf(['--demo'], jwks)[0]).toContain('NATTER_AUTH_JWKS_URL');
    expect(problemsOf(['--demo'], { NATTER_AUTH_SECRET: secret })[0]).toContain('NATTER_DEMO=0');
  });

  it('refuses a flag given twice, and one without its value', () => {
    expect(problemsOf(['--demo', '--port', '1', '--port=2'])[0]).toBe(
      '--port is given twice; give it once',
    );
    expect(problemsOf(['--port', '--demo'])[0]).toBe('--port needs a value: --port <number>');
  });

  it('warns of a variable that looks like a setting and is none', () => {
    const told = readConfiguration([], { NATTER_DEMO: '1', NATTER_PROT: '80' });
    expect(told.kind === 'ready' && told.warnings).toEqual([
      expect.stringContaining('NATTER_PROT'),
    ]);
  });

  it('help and version come before anything else', () => {
    expect(readConfiguration(['--nonsense', '--help'], {})).toEqual({ kind: 'help' });
    expect(readConfiguration(['-v'], { NATTER_PORT: 'x' })).toEqual({ kind: 'version' });
  });
});
