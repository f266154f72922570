/** Owns how a file that is not an image shows. */
import type { Attachment } from '@natter/protocol';
import { formatBytes } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { DownloadButton } from './DownloadButton.tsx';

export interface FileCardProps {
  attachment: Attachment;
  tabIndex?: number;
}

export function FileCard({ attachment, tabIndex = 0 }: FileCardProps) {
  const { locale } = useUi();
  return (
    <div className="natter-file-card">
      <span className="natter-file-icon">
        <Icon name="file" />
      </span>
      <span className="natter-file-text">
        <span className="natter-file-name natter-one-line" title={attachment.name} dir="auto">
          {attachment.name}
        </span>
        <span className="natter-file-size">{formatBytes(attachment.bytes, locale)}</span>
      </span>
      <DownloadButton attachment={attachment} tabIndex={tabIndex} />
    </div>
  );
}
