/** Owns the calls to the program's demo: who there is, and a token for one of them. */
export interface DemoPerson {
  id: string;
  name: string;
  about: string;
}

/** The people; null when the demo is off. */
export async function fetchDemoPeople(signal: AbortSignal): Promise<DemoPerson[] | null> {
  const response = await fetch('/demo/people', { signal });
  if (response.status === 404) return null;
  if (!response.ok)
    throw new Error(`unable to load the demo people: the server answered ${response.status}`);
  return (await response.json()) as DemoPerson[];
}

/** A token for this person; null when they are no longer there, or the demo is off. */
export async function fetchDemoToken(userId: string, signal?: AbortSignal): Promise<string | null> {
  const response = await fetch('/demo/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`unable to sign in: the server answered ${response.status}`);
  const { token } = (await response.json()) as { token: string };
  return token;
}
