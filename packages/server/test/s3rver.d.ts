/** What the tests use of a package that has no types of its own. */
declare module '@20minutes/s3rver' {
  import type { Server } from 'node:http';
  import type { Readable } from 'node:stream';

  export default class S3rver {
    constructor(options: {
      address: string;
      port: number;
      silent: boolean;
      vhostBuckets: boolean;
      directory: string;
      configureBuckets: readonly { name: string; configs: readonly string[] }[];
    });
    readonly httpServer: Server;
    readonly store: {
      putContent(path: string, content: Readable | Buffer): Promise<[bytes: number, md5: string]>;
    };
    run(): Promise<{ port: number }>;
    close(): Promise<void>;
  }
}
