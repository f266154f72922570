/** Owns a file on its way to the server: what it is, how far it has got, and stopping it. */
import type { PendingAttachment } from '@natter/client';
import { useChatClient } from '@natter/react';
import { formatBytes, formatPercent } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';

export function PendingFile({
  pending,
  sending,
}: {
  pending: PendingAttachment;
  sending: boolean;
}) {
  const { texts, locale } = useUi();
  const { uploads } = useChatClient();
  const percent = formatPercent(pending.progress, locale);
  const progress = sending && (
    <progress
      className="natter-upload-bar"
      max={1}
      value={pending.progress}
      aria-label={texts.files.uploading(pending.name, percent)}
    />
  );
  const cancel = sending && pending.progress < 1 && (
    <IconButton
      icon="close"
      className="natter-upload-cancel"
      label={texts.files.cancelUpload(pending.name)}
      onClick={() => uploads.cancel(pending.localId)}
    />
  );
  if (pending.kind === 'image' && pending.previewUrl !== null) {
    return (
      <span className="natter-image natter-image-pending">
        <img src={pending.previewUrl} alt={texts.files.image(pending.name)} />
        {progress}
        {cancel}
      </span>
    );
  }
  return (
    <div className="natter-file-card">
      <span className="natter-file-icon">
        <Icon name={pending.kind === 'image' ? 'image' : 'file'} />
      </span>
      <span className="natter-file-text">
        <span className="natter-file-name">{pending.name}</span>
        <span className="natter-file-size">
          {formatBytes(pending.bytes, locale)}
          {sending && ` · ${percent}`}
        </span>
        {progress}
      </span>
      {cancel}
    </div>
  );
}
