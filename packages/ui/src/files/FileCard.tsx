/** Owns how a file that is not an image shows. */
import type { Attachment } from '@natter/protocol';
import { formatBytes } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { DownloadButton } from './DownloadButton.tsx';

export function FileCard({ attachment }: { attachment: Attachment }) {
  const { locale } = useUi();
  return (
    <div className="natter-file-card">
      <span className="natter-file-icon">
        <Icon name="file" />
      </span>
      <span className="natter-file-text">
        <span className="natter-file-name" title={attachment.name}>
          {attachment.name}
        </span>
        <span className="natter-file-size">{formatBytes(attachment.bytes, locale)}</span>
      </span>
      <DownloadButton attachment={attachment} />
    </div>
  );
}
