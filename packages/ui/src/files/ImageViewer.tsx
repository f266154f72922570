/**
 * Owns looking at images over the whole screen, one after the other, from the one that was opened. The browser's own
 * modal dialog holds the focus and gives it back.
 */
import { useChatClient } from '@natter/react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { formatDateTime } from '../formatting/time.ts';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { useLayer } from '../runtime/useLayer.ts';
import { DownloadButton } from './DownloadButton.tsx';
import { type ImagePlace, sameImage, type ViewerImage } from './viewerImages.ts';
import { ZoomImage, type ZoomImageHandle } from './ZoomImage.tsx';

export interface ImageViewerProps {
  images: readonly ViewerImage[];
  opened: ImagePlace;
  onClose: () => void;
}

export function ImageViewer({ images, opened, onClose }: ImageViewerProps) {
  const { texts, locale } = useUi();
  const { uploads } = useChatClient();
  const ref = useRef<HTMLDialogElement>(null);
  const zoom = useRef<ZoomImageHandle>(null);
  const [shown, setShown] = useState(opened);
  const at = images.findIndex((image) => sameImage(image, shown));
  const image = images[at];
  const before = images[at - 1];
  const after = images[at + 1];
  const isGone = image === undefined;

  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    if (dialog !== null && !dialog.open) dialog.showModal();
    // The browser would take the first control.
    dialog?.querySelector<HTMLElement>('[data-natter-focus]')?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    };
  }, []);
  useLayer(onClose);

  // Its message was deleted while it was looked at.
  useEffect(() => {
    if (isGone) onClose();
  }, [isGone, onClose]);

  // The next look is at a neighbour, most likely; one that fails is tried again when it is shown.
  useEffect(() => {
    for (const each of [after, before])
      if (each !== undefined)
        uploads.fetchFile(each.attachment.fileId, 'original').catch(() => undefined);
  }, [uploads, before, after]);

  if (image === undefined) return null;
  const { attachment, place, of, createdAt, isMine } = image;
  const sender = isMine ? texts.timeline.you : image.senderName;
  const name =
    of > 1
      ? texts.files.imageOf(place, of, attachment.name, sender)
      : texts.files.imageFrom(attachment.name, sender);

  function show(next: ViewerImage | undefined) {
    if (next !== undefined) setShown({ messageId: next.messageId, fileId: next.attachment.fileId });
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const to = { before, after, first: images[0], last: images.at(-1) };
    const step = steps[event.key];
    const turn = isRtl && event.key.startsWith('Arrow') ? turned : unturned;
    const look = looks[event.key];
    if (step === undefined && look === undefined) return;
    event.preventDefault();
    if (step !== undefined) show(to[turn[step]]);
    if (look !== undefined) zoom.current?.[look]();
  }

  return (
    <dialog
      ref={ref}
      className="natter-viewer"
      aria-label={name}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClose={() => {
        if (ref.current?.open === false) onClose();
      }}
    >
      <header className="natter-viewer-bar">
        <div className="natter-viewer-caption">
          <strong className="natter-one-line" dir="auto">
            {sender === '' ? attachment.name : sender}
          </strong>
          <span>
            {of > 1 && `${texts.files.placeOf(place, of)} · `}
            {createdAt > 0 && (
              <time dateTime={new Date(createdAt).toISOString()}>
                {formatDateTime(createdAt, locale)}
              </time>
            )}
          </span>
        </div>
        <IconButton
          icon="minus"
          className="natter-viewer-zoom"
          label={texts.files.zoomOut}
          onClick={() => zoom.current?.farther()}
        />
        <IconButton
          icon="plus"
          className="natter-viewer-zoom"
          label={texts.files.zoomIn}
          onClick={() => zoom.current?.closer()}
        />
        <DownloadButton key={attachment.fileId} attachment={attachment} />
        <IconButton icon="close" label={texts.common.close} onClick={onClose} data-natter-focus />
      </header>
      <ZoomImage
        key={`${image.messageId}/${attachment.fileId}`}
        ref={zoom}
        attachment={attachment}
        alt={name}
        onSwipe={(step) => show(step === 1 ? after : before)}
        onDismiss={onClose}
      />
      {before !== undefined && (
        <IconButton
          icon="back"
          className="natter-viewer-step natter-viewer-before"
          label={texts.files.previousImage}
          onClick={() => show(before)}
        />
      )}
      {after !== undefined && (
        <IconButton
          icon="back"
          className="natter-viewer-step natter-viewer-after"
          label={texts.files.nextImage}
          onClick={() => show(after)}
        />
      )}
      <div className="natter-visually-hidden" aria-live="polite">
        {name}
      </div>
    </dialog>
  );
}

type Step = 'before' | 'after' | 'first' | 'last';

const steps: Readonly<Record<string, Step>> = {
  ArrowLeft: 'before',
  ArrowRight: 'after',
  PageUp: 'before',
  PageDown: 'after',
  Home: 'first',
  End: 'last',
};
const unturned: Readonly<Record<Step, Step>> = {
  before: 'before',
  after: 'after',
  first: 'first',
  last: 'last',
};
/** Where one reads from right to left, the next image is on the left. */
const turned: typeof unturned = { ...unturned, before: 'after', after: 'before' };
const looks: Readonly<Record<string, keyof ZoomImageHandle>> = {
  '+': 'closer',
  '=': 'closer',
  '-': 'farther',
  '0': 'whole',
};
