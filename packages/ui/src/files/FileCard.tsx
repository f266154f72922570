/** Owns how a file that is not an image shows. */
import type { Attachment } from '@natter/protocol';
import { formatBytes } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { DownloadControl } from './DownloadButton.tsx';
import { FileName } from './FileName.tsx';
import { splitFileName } from './splitFileName.ts';
import { useDownload } from './useDownload.ts';

export interface FileCardProps {
  attachment: Attachment;
  tabIndex?: number;
}

export function FileCard({ attachment, tabIndex = 0 }: FileCardProps) {
  const { texts, locale } = useUi();
  const { name, bytes } = attachment;
  const download = useDownload(attachment);
  const { status } = download;
  const { kind } = splitFileName(name);
  const size = formatBytes(bytes, locale);
  return (
    <div className="natter-file-card">
      <span className="natter-file-icon">
        <Icon name="file" />
      </span>
      <span className="natter-file-text">
        <FileName name={name} />
        <span className="natter-file-size" role={status.state === 'failed' ? 'alert' : undefined}>
          {status.state === 'failed'
            ? texts.files.downloadFailed
            : kind === ''
              ? size
              : `${kind} · ${size}`}
        </span>
        {status.state === 'busy' && (
          <progress
            className="natter-upload-bar"
            max={1}
            value={status.share}
            aria-label={texts.files.downloading}
          />
        )}
      </span>
      <DownloadControl name={name} download={download} tabIndex={tabIndex} />
    </div>
  );
}
