/** Owns an image of a message: a reserved place, a blur, then the picture, as sharp as the place asks for. */
import type { Attachment } from '@natter/protocol';
import { type CSSProperties, useState } from 'react';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { fitImage } from './imageBox.ts';
import { ImageViewer } from './imageViewerOnDemand.ts';
import { placeholderUrl } from './thumbhash.ts';
import { useFileUrl } from './useFileUrl.ts';

export interface FileImageProps {
  attachment: Attachment;
  tabIndex?: number;
  /** It takes the place it is given, rather than one of its own proportions. */
  fills?: boolean;
  /** In place of showing it alone. */
  onOpen?: () => void;
  /** How many more there are behind it, and in words. */
  count?: number;
  more?: string;
}

export function FileImage({
  attachment,
  tabIndex = 0,
  fills = false,
  onOpen,
  count = 0,
  more = '',
}: FileImageProps) {
  const { texts } = useUi();
  const [alone, setAlone] = useState(false);
  const file = useFileUrl(attachment.fileId, 'thumbnail');
  const { width, height } = fitImage(attachment.width, attachment.height);
  const room = {
    '--natter-image-width': `${width}px`,
    '--natter-image-ratio': `${width} / ${height}`,
  } as CSSProperties;
  const placeholder = placeholderUrl(attachment.thumbhash);
  const name =
    file.state === 'failed'
      ? texts.files.imageFailedNamed(attachment.name)
      : texts.files.openImage(attachment.name);

  return (
    <>
      <button
        type="button"
        className="natter-image"
        style={fills ? undefined : room}
        tabIndex={tabIndex}
        aria-label={more === '' ? name : `${name}, ${more}`}
        onClick={() => {
          if (file.state === 'failed') file.retry();
          else if (onOpen !== undefined) onOpen();
          else setAlone(true);
        }}
      >
        {placeholder !== null && <img className="natter-image-blur" src={placeholder} alt="" />}
        {file.state === 'ready' && (
          <img
            className="natter-image-full"
            src={file.url}
            decoding="async"
            alt={texts.files.image(attachment.name)}
          />
        )}
        {file.state === 'failed' && (
          <span className="natter-image-failed">
            <Icon name="alert" />
            {texts.files.imageFailed}
          </span>
        )}
        {count > 0 && (
          <span className="natter-image-more" aria-hidden="true">
            +{count}
          </span>
        )}
      </button>
      {alone && (
        <ImageViewer
          images={[
            {
              attachment,
              messageId: '',
              senderName: '',
              isMine: false,
              createdAt: 0,
              place: 1,
              of: 1,
            },
          ]}
          opened={{ messageId: '', fileId: attachment.fileId }}
          onClose={() => setAlone(false)}
        />
      )}
    </>
  );
}
