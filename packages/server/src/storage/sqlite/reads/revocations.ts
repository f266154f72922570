/** Owns reading whose tokens are taken back. */
import type { StoredRevocation } from '../../contract.ts';
import { type RevocationRow, toRevocation } from '../../rows.ts';
import type { Connection } from '../connection.ts';

export function listRevocations(db: Connection, since: number, limit: number): StoredRevocation[] {
  return db
    .all<RevocationRow>(
      'SELECT kind, id, at FROM revocations WHERE at >= ? ORDER BY at LIMIT ?',
      since,
      limit,
    )
    .map(toRevocation);
}
