/** Owns saving whose tokens are taken back. Doing it again moves it to now. */
import type { Revocation } from '../../contract.ts';
import { toRevocationRow } from '../../rows.ts';
import type { Transaction } from './transaction.ts';

export function saveRevocation(tx: Transaction, what: Revocation): void {
  const { kind, id } = toRevocationRow(what);
  tx.db.run(
    `INSERT INTO revocations (kind, id, at) VALUES (?1, ?2, ?3)
     ON CONFLICT (kind, id) DO UPDATE SET at = max(at, ?3)`,
    kind,
    id,
    tx.now,
  );
}
