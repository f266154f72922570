/** Owns the demo's tokens: an hour each, signed with the data folder's own secret. */
import { SignJWT } from 'jose';
import type { DemoPerson } from './people.ts';

const lifetimeSeconds = 3_600;

export interface DemoToken {
  token: string;
  /** Unix ms. */
  expiresAt: number;
}

export async function signDemoToken(
  secret: string,
  person: DemoPerson,
  nowMs: number,
): Promise<DemoToken> {
  const issuedAt = Math.floor(nowMs / 1_000);
  const token = await new SignJWT({ name: person.name })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(person.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(new TextEncoder().encode(secret));
  return { token, expiresAt: (issuedAt + lifetimeSeconds) * 1_000 };
}
