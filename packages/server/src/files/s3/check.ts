/** Owns the look at a bucket before the server starts: it can be written, read and looked into, or it is said why not. */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { FilesError } from '../contract.ts';

const probe = 'natter.probe';

/** Rejects with `FilesError`. */
export async function checkBucket(client: S3Client, bucket: string, prefix: string): Promise<void> {
  const target = { Bucket: bucket, Key: `${prefix}${probe}` };
  try {
    await client.send(new PutObjectCommand({ ...target, Body: new Uint8Array(1) }));
    await client.send(new DeleteObjectCommand(target));
    // Without the right to list, what is not there is told as forbidden.
    await client.send(new GetObjectCommand({ ...target, Key: `${target.Key}.missing` }));
  } catch (error) {
    if (error instanceof NoSuchKey) return;
    throw new FilesError(`unable to keep files in the bucket ${bucket}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function reasonOf(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NoSuchBucket':
      return 'there is no such bucket; make it, or name another one';
    case 'InvalidAccessKeyId':
      return 'the store does not know this key';
    case 'SignatureDoesNotMatch':
      return 'the secret does not belong to the key';
    case 'AccessDenied':
    case 'Forbidden':
      return 'this key may not use it; it needs to put, get, delete and list';
    case 'PermanentRedirect':
    case 'AuthorizationHeaderMalformed':
    case 'IllegalLocationConstraintException':
      return 'it is in another region; name that one';
    case 'CredentialsProviderError':
      return 'there is no key for it; name one, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
    case 'RequestTimeTooSkewed':
      return 'the clocks of this machine and of the store differ by more than 15 minutes';
  }
  if (error instanceof S3ServiceException) return `the store answered ${error.name}`;
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  return `the store cannot be reached${code}`;
}
