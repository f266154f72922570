/** Owns the header `Range` (RFC 9110): one range of bytes. Several ranges at once are answered with the whole. */
export type Range =
  | { kind: 'whole' }
  | { kind: 'unsatisfiable' }
  /** Both ends included. */
  | { kind: 'part'; start: number; end: number };

export function readRange(header: string | undefined, bytes: number): Range {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (match === null) return { kind: 'whole' };
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return { kind: 'whole' };
  if (first === '') {
    const count = Number(last);
    if (count === 0 || bytes === 0) return { kind: 'unsatisfiable' };
    return { kind: 'part', start: Math.max(0, bytes - count), end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== '' && Number(last) < start) return { kind: 'whole' };
  return start >= bytes ? { kind: 'unsatisfiable' } : { kind: 'part', start, end };
}
