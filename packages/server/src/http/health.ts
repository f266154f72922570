/**
 * Owns what the node says of itself to a proxy or a supervisor: whether it lives, and whether it is to be sent new
 * clients. A probe costs the database one small read in a second at most, whoever asks how often.
 */
import type { FastifyInstance } from 'fastify';
import type { Bus } from '../bus/contract.ts';
import type { Clock } from '../runtime/contract.ts';
import type { Storage } from '../storage/contract.ts';

/** Before a probe gives up: most wait for 5 s or less. */
export const databaseMsMax = 2_000;
const freshMs = 1_000;

export interface Readiness {
  status: 'ready' | 'notReady';
  database: 'ok' | 'silent' | 'failed';
  bus: 'ok' | 'disconnected';
  draining: boolean;
}

export interface Health {
  readonly isDraining: boolean;
  readiness(): Promise<Readiness>;
}

export function createHealth(deps: {
  storage: Pick<Storage, 'resumePoint'>;
  bus: Pick<Bus, 'isConnected'>;
  clock: Clock;
  isDraining: () => boolean;
}): Health {
  const { storage, bus, clock, isDraining } = deps;
  let asked: { at: number; answer: Promise<Readiness['database']> } | null = null;

  function askDatabase(): Promise<Readiness['database']> {
    const now = clock.now();
    // The clock may be set back: what was asked later than now was asked before that.
    if (asked !== null && now >= asked.at && now - asked.at < freshMs) return asked.answer;
    asked = { at: now, answer: ask() };
    return asked.answer;
  }

  async function ask(): Promise<Readiness['database']> {
    let undo = () => {};
    const silence = new Promise<'silent'>((resolve) => {
      undo = clock.after(databaseMsMax, () => resolve('silent'));
    });
    try {
      return await Promise.race([silence, storage.resumePoint().then(() => 'ok' as const)]);
    } catch {
      // The storage tells the log why; a probe is for anybody to see.
      return 'failed';
    } finally {
      undo();
    }
  }

  return {
    get isDraining() {
      return isDraining();
    },
    async readiness() {
      const database = await askDatabase();
      const draining = isDraining();
      const isReady = database === 'ok' && bus.isConnected && !draining;
      return {
        status: isReady ? 'ready' : 'notReady',
        database,
        bus: bus.isConnected ? 'ok' : 'disconnected',
        draining,
      };
    },
  };
}

/** Each at the root and under `/v1`, for hosts that pass on only that. Not counted against the rate of an address: that of a proxy stands for many. */
export function registerHealth(app: FastifyInstance, health: Health): void {
  const options = { config: { rateLimit: false } };
  for (const root of ['/health', '/v1/health']) {
    app.get(root, options, (_request, reply) =>
      reply
        .code(health.isDraining ? 503 : 200)
        .header('Cache-Control', 'no-store')
        .send({ status: health.isDraining ? 'draining' : 'ok' }),
    );
    app.get(`${root}/live`, options, (_request, reply) =>
      reply.header('Cache-Control', 'no-store').send({ status: 'live' }),
    );
    app.get(`${root}/ready`, options, async (_request, reply) => {
      const readiness = await health.readiness();
      return reply
        .code(readiness.status === 'ready' ? 200 : 503)
        .header('Cache-Control', 'no-store')
        .send(readiness);
    });
  }
}
