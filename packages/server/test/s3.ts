/// <reference path="./s3rver.d.ts" />
/**
 * Owns an S3-compatible store in this process, for tests. As it comes, it writes objects where readers are reading;
 * here it writes them aside and renames, as a real store replaces an object: at once.
 */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';

export interface TestS3 {
  endpoint: string;
  bucket: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** As `NATTER_FILES_URL` has it. */
  url: string;
  close(): Promise<void>;
}

/** The one key that the store knows. */
const key = 'S3RVER';

export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'natter-s3-'));
  const bucket = 'natter';
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    vhostBuckets: false,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const putContent = server.store.putContent.bind(server.store);
  server.store.putContent = async (path, content) => {
    const aside = join(directory, randomUUID());
    const written = await putContent(aside, content);
    await rename(aside, path);
    return written;
  };
  const { port } = await server.run();
  const host = `127.0.0.1:${port}`;
  return {
    endpoint: `http://${host}`,
    bucket,
    credentials: { accessKeyId: key, secretAccessKey: key },
    url: `s3://${key}:${key}@${host}/${bucket}?tls=no`,
    async close() {
      server.httpServer.closeAllConnections();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
