/** Owns how the images of one message stand together: their room depends on how many they are, so nothing jumps. */
import type { Attachment } from '@natter/protocol';
import { useUi } from '../runtime/UiProvider.tsx';
import { FileImage } from './FileImage.tsx';
import { useOpenImage } from './viewerImages.ts';

/** More than these are behind the last one. */
const tilesMax = 5;

export interface ImageGridProps {
  messageId: string;
  images: readonly Attachment[];
  tabIndex: number;
}

export function ImageGrid({ messageId, images, tabIndex }: ImageGridProps) {
  const { texts } = useUi();
  const open = useOpenImage();
  const tiles = images.slice(0, tilesMax);
  const more = images.length - tiles.length;
  return (
    <div
      className="natter-image-grid"
      data-count={tiles.length}
      data-tall={images.length === 2 && images.every(isTall)}
    >
      {tiles.map((attachment, at) => (
        <FileImage
          key={attachment.fileId}
          attachment={attachment}
          tabIndex={tabIndex}
          fills={images.length > 1}
          {...(open === null
            ? {}
            : { onOpen: () => open({ messageId, fileId: attachment.fileId }) })}
          {...(more > 0 && at === tilesMax - 1
            ? { more: texts.files.more(more), count: more }
            : {})}
        />
      ))}
    </div>
  );
}

function isTall({ width, height }: Attachment): boolean {
  return width !== null && height !== null && height > width;
}
