/** Owns the button that saves a file, and says how that goes. */
import type { Attachment } from '@natter/protocol';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { type Download, useDownload } from './useDownload.ts';

export interface DownloadButtonProps {
  attachment: Attachment;
  tabIndex?: number;
}

export function DownloadButton({ attachment, tabIndex = 0 }: DownloadButtonProps) {
  return (
    <DownloadControl
      name={attachment.name}
      download={useDownload(attachment)}
      tabIndex={tabIndex}
    />
  );
}

export interface DownloadControlProps {
  name: string;
  download: Download;
  tabIndex: number;
}

export function DownloadControl({ name, download, tabIndex }: DownloadControlProps) {
  const { texts } = useUi();
  const { state } = download.status;
  const label = {
    idle: texts.files.download(name),
    busy: texts.files.downloading,
    failed: texts.files.downloadAgain(name),
  }[state];
  return (
    <IconButton
      icon={state === 'failed' ? 'alert' : 'download'}
      label={label}
      tabIndex={tabIndex}
      data-state={state}
      className="natter-download"
      // Not `disabled`: that would take the focus away.
      aria-disabled={state === 'busy'}
      onClick={() => {
        if (state !== 'busy') void download.start();
      }}
    />
  );
}
