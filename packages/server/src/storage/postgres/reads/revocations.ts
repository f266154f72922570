/** Owns reading whose tokens are taken back. */
import type { StoredRevocation } from '../../contract.ts';
import { type RevocationRow, toRevocation } from '../../rows.ts';
import type { Session } from '../connection.ts';

export async function listRevocations(
  db: Session,
  since: number,
  limit: number,
): Promise<StoredRevocation[]> {
  const rows = await db.all<RevocationRow>(
    'SELECT kind, id, at FROM natter.revocations WHERE at >= $1 ORDER BY at LIMIT $2',
    since,
    limit,
  );
  return rows.map(toRevocation);
}
