/** Owns what a file of a message shows of its way to the server. */
import type { TimelineMessage, UploadSnapshot } from '@natter/client';

export type PendingState =
  | 'uploading'
  | 'uploaded'
  /** For others that are before it. */
  | 'turn'
  | 'network'
  | 'failed'
  | 'cancelled'
  /** It did not fail; another of its message did. */
  | 'held';

export function pendingState(
  { status }: Pick<TimelineMessage, 'status'>,
  upload: UploadSnapshot | undefined,
  isConnected: boolean,
): PendingState {
  if (status === 'failed') {
    return upload?.state === 'failed' || upload?.state === 'cancelled' ? upload.state : 'held';
  }
  if (upload?.state === 'done') return 'uploaded';
  if (!isConnected) return 'network';
  return upload?.state === 'uploading' ? 'uploading' : 'turn';
}
