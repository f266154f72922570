/** Owns uploads by hand: tus 1.0 in two requests, and the bytes of files that are worth refusing. */
import { crc32, deflateSync } from 'node:zlib';
import type { ErrorBody, FileId } from '@natter/protocol';

export interface Uploaded {
  status: number;
  fileId: FileId;
  error: ErrorBody | null;
}

/** Begins an upload, then sends all its bytes. What refuses first, answers. */
export async function upload(
  url: string,
  token: string,
  name: string,
  bytes: Uint8Array,
): Promise<Uploaded> {
  const begun = await begin(url, token, name, bytes.length);
  if (begun.error !== null) return begun;
  const answer = await sendPart(url, token, begun.fileId, 0, bytes);
  return { status: answer.status, fileId: begun.fileId, error: await errorOf(answer) };
}

/** With `bytes` they are sent at once, in the same request. */
export async function begin(
  url: string,
  token: string,
  name: string,
  length: number,
  bytes: Uint8Array | null = null,
): Promise<Uploaded> {
  const answer = await fetch(`${url}/v1/uploads`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'tus-resumable': '1.0.0',
      'upload-length': String(length),
      'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
      ...(bytes === null ? {} : { 'content-type': 'application/offset+octet-stream' }),
    },
    ...(bytes === null ? {} : { body: new Uint8Array(bytes) }),
  });
  const fileId = (answer.headers.get('location')?.split('/').at(-1) ?? '') as FileId;
  return { status: answer.status, fileId, error: await errorOf(answer) };
}

export function sendPart(
  url: string,
  token: string,
  fileId: FileId,
  offset: number,
  bytes: Uint8Array,
): Promise<Response> {
  return fetch(`${url}/v1/uploads/${fileId}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      'tus-resumable': '1.0.0',
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
    },
    body: new Uint8Array(bytes),
  });
}

/** How far the server has it; null when it does not say. */
export async function offsetOf(url: string, token: string, fileId: FileId): Promise<number | null> {
  const answer = await fetch(`${url}/v1/uploads/${fileId}`, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${token}`, 'tus-resumable': '1.0.0' },
  });
  const offset = answer.headers.get('upload-offset');
  return answer.ok && offset !== null ? Number(offset) : null;
}

export function read(
  url: string,
  token: string | null,
  fileId: string,
  variant = '',
): Promise<Response> {
  return fetch(`${url}/v1/files/${fileId}${variant}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
  });
}

/** A whole and honest PNG of one bit a pixel, all black: large in pixels, small in bytes. */
export function blackPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rowBytes = 1 + Math.ceil(width / 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(rowBytes * height))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

async function errorOf(answer: Response): Promise<ErrorBody | null> {
  const text = await answer.text();
  return answer.ok ? null : (JSON.parse(text) as { error: ErrorBody }).error;
}
