/** Owns which images a viewer goes through: all of a conversation that are here, in their order. */
import type { TimelineMessage } from '@natter/client';
import type { Attachment } from '@natter/protocol';
import { createContext, use } from 'react';

export interface ViewerImage {
  attachment: Attachment;
  messageId: string;
  senderName: string;
  isMine: boolean;
  createdAt: number;
  /** Its place among the images of its message, from 1. */
  place: number;
  of: number;
}

export function viewerImages(messages: readonly TimelineMessage[]): ViewerImage[] {
  return messages.flatMap(({ id, attachments, senderName, isMine, createdAt, deletedAt }) => {
    const images = deletedAt === null ? attachments.filter(({ kind }) => kind === 'image') : [];
    return images.map((attachment, at) => ({
      attachment,
      messageId: id,
      senderName,
      isMine,
      createdAt,
      place: at + 1,
      of: images.length,
    }));
  });
}

/** The same image may stand in two messages. */
export function sameImage(a: ViewerImage, b: ImagePlace): boolean {
  return a.messageId === b.messageId && a.attachment.fileId === b.fileId;
}

export interface ImagePlace {
  messageId: string;
  fileId: string;
}

export type OpenImage = (place: ImagePlace) => void;

/** What opens an image over the page; null outside of a timeline. */
export const OpenImageContext = createContext<OpenImage | null>(null);

export function useOpenImage(): OpenImage | null {
  return use(OpenImageContext);
}
