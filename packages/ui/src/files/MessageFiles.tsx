/** Owns what a message carries: its images together, then its files; while it is sent, what is on its way. */
import type { TimelineMessage } from '@natter/client';
import { FileCard } from './FileCard.tsx';
import { ImageGrid } from './ImageGrid.tsx';
import { PendingFiles } from './PendingFiles.tsx';

export interface MessageFilesProps {
  message: TimelineMessage;
  tabIndex: number;
}

export function MessageFiles({ message, tabIndex }: MessageFilesProps) {
  const { id, attachments, pending } = message;
  const images = attachments.filter(({ kind }) => kind === 'image');
  const files = attachments.filter(({ kind }) => kind !== 'image');
  if (attachments.length === 0 && pending.length === 0) return null;
  return (
    <div className="natter-attachments" data-count={attachments.length + pending.length}>
      {images.length > 0 && <ImageGrid messageId={id} images={images} tabIndex={tabIndex} />}
      {files.map((attachment) => (
        <FileCard key={attachment.fileId} attachment={attachment} tabIndex={tabIndex} />
      ))}
      {attachments.length === 0 && <PendingFiles message={message} tabIndex={tabIndex} />}
    </div>
  );
}
