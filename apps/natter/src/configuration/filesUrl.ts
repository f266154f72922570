/** Owns how `NATTER_FILES_URL` is read: one address that says which bucket, by which key, and how people read from it. */
import type { S3Options } from '@natter/server/s3';
import type { Reading } from './reading.ts';

const example = 's3://KEY:SECRET@s3.eu-central-1.amazonaws.com/bucket';
const known = ['region', 'tls', 'reads', 'publicUrl'];

/** `s3://[key:secret@]host[:port]/bucket[/prefix][?region=…&tls=no&reads=signed&publicUrl=…]` */
export function readFilesUrl(text: string): Reading<S3Options> {
  const url = URL.parse(text);
  const [bucket = '', ...rest] = url?.pathname.split('/').slice(1).filter(Boolean) ?? [];
  if (url?.protocol !== 's3:' || url.host === '' || !/^[\w.-]{1,255}$/.test(bucket)) {
    return { problem: `must be the address of a bucket, for example ${example}` };
  }
  const query = url.searchParams;
  const strange = [...query.keys()].find((name) => !known.includes(name));
  if (strange !== undefined) {
    return { problem: `says ${strange}, which means nothing; it may say ${known.join(', ')}` };
  }
  const [tls, reads] = [query.get('tls') ?? 'yes', query.get('reads') ?? 'through'];
  if (tls !== 'yes' && tls !== 'no') return { problem: 'must say tls=yes or tls=no' };
  if (reads !== 'through' && reads !== 'signed') {
    return { problem: 'must say reads=through or reads=signed' };
  }
  const publicEndpoint = query.get('publicUrl');
  if (publicEndpoint !== null && !isOrigin(publicEndpoint)) {
    return { problem: 'must say publicUrl=https://host, without a path' };
  }
  if ((url.username === '') !== (url.password === '')) {
    return { problem: 'must have both key and secret before the @, or neither' };
  }
  const [accessKeyId, secretAccessKey] = [decode(url.username), decode(url.password)];
  if (accessKeyId === null || secretAccessKey === null) {
    return { problem: 'must have its key and secret percent-encoded, as in a%2Fb for a/b' };
  }
  const ofAmazon = /^(?:s3[.-])?(?:([a-z0-9-]+)\.)?amazonaws\.com$/.exec(url.host);
  const region = query.get('region') ?? ofAmazon?.[1];
  if (ofAmazon !== null && region === undefined) {
    return { problem: 'must say which region, for example ?region=eu-central-1' };
  }
  return {
    value: {
      bucket,
      prefix: rest.map((part) => `${part}/`).join(''),
      reads,
      ...(region === undefined ? {} : { region }),
      ...(ofAmazon !== null
        ? {}
        : { endpoint: `${tls === 'yes' ? 'https' : 'http'}://${url.host}` }),
      ...(publicEndpoint === null ? {} : { publicEndpoint: new URL(publicEndpoint).origin }),
      ...(accessKeyId === '' ? {} : { credentials: { accessKeyId, secretAccessKey } }),
    },
  };
}

/** From where people's browsers fetch files, when it is not from here. */
export function originOfReads(files: S3Options | null): string | null {
  if (files?.reads !== 'signed') return null;
  const { bucket, region, endpoint, publicEndpoint } = files;
  return publicEndpoint ?? endpoint ?? `https://${bucket}.s3.${region}.amazonaws.com`;
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === ''
  );
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
