/** Owns an image of a message: a reserved place, a blur, the thumbnail, and the original in a dialog. */
import type { Attachment } from '@natter/protocol';
import { type CSSProperties, useState } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { ImageDialog } from './ImageDialog.tsx';
import { fitImage } from './imageBox.ts';
import { placeholderUrl } from './thumbhash.ts';
import { useFileUrl } from './useFileUrl.ts';

export interface FileImageProps {
  attachment: Attachment;
  tabIndex?: number;
}

export function FileImage({ attachment, tabIndex = 0 }: FileImageProps) {
  const { texts } = useUi();
  const [open, setOpen] = useState(false);
  const file = useFileUrl(attachment.fileId, 'thumbnail');
  const { width, height } = fitImage(attachment.width, attachment.height);
  const room = {
    '--natter-image-width': `${width}px`,
    '--natter-image-ratio': `${width} / ${height}`,
  } as CSSProperties;
  const placeholder = placeholderUrl(attachment.thumbhash);

  return (
    <>
      <button
        type="button"
        className="natter-image"
        style={room}
        tabIndex={tabIndex}
        aria-label={
          file.state === 'failed'
            ? texts.files.imageFailedNamed(attachment.name)
            : texts.files.openImage(attachment.name)
        }
        onClick={() => (file.state === 'failed' ? file.retry() : setOpen(true))}
      >
        {placeholder !== null && <img className="natter-image-blur" src={placeholder} alt="" />}
        {file.state === 'ready' && (
          <img
            className="natter-image-full"
            src={file.url}
            alt={texts.files.image(attachment.name)}
          />
        )}
        {file.state === 'failed' && (
          <span className="natter-image-failed">
            <Icon name="alert" />
            {texts.files.imageFailed}
          </span>
        )}
      </button>
      {open && <ImageDialog attachment={attachment} onClose={() => setOpen(false)} />}
    </>
  );
}
