/** Owns saving whose tokens are taken back. Doing it again moves it to now. */
import type { Revocation } from '../../contract.ts';
import { toRevocationRow } from '../../rows.ts';
import { readTime } from '../reads/standing.ts';
import type { World } from './transaction.ts';

export async function saveRevocation({ session }: World, what: Revocation): Promise<void> {
  const { now } = await readTime(session);
  const { kind, id } = toRevocationRow(what);
  await session.run(
    `INSERT INTO natter.revocations AS r (kind, id, at) VALUES ($1, $2, $3)
     ON CONFLICT (kind, id) DO UPDATE SET at = greatest(r.at, excluded.at)`,
    kind,
    id,
    now,
  );
}
