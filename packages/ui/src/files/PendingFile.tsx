/** Owns a file on its way to the server: what it is, how far it has got, stopping it, and trying again. */
import type { PendingAttachment } from '@natter/client';
import { useChatClient } from '@natter/react';
import { formatBytes, formatPercent } from '../formatting/size.ts';
import { Icon } from '../icons/Icon.tsx';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { Texts } from '../texts/english.ts';
import { FileName } from './FileName.tsx';
import type { PendingState } from './pendingState.ts';

export interface PendingFileProps {
  pending: PendingAttachment;
  state: PendingState;
  tabIndex: number;
  onRetry: () => void;
}

export function PendingFile({ pending, state, tabIndex, onRetry }: PendingFileProps) {
  const { texts, locale } = useUi();
  const { uploads } = useChatClient();
  const percent = formatPercent(pending.progress, locale);
  const isOpen = state === 'uploading' || state === 'turn' || state === 'network';
  const word = wordOf(state, percent, texts);

  const progress = (isOpen || state === 'uploaded') && (
    <progress
      className="natter-upload-bar"
      max={1}
      value={pending.progress}
      aria-label={texts.files.uploading(pending.name, percent)}
    />
  );
  const control = isOpen ? (
    pending.progress < 1 && (
      <IconButton
        icon="close"
        className="natter-upload-cancel"
        label={texts.files.cancelUpload(pending.name)}
        tabIndex={tabIndex}
        onClick={() => uploads.cancel(pending.localId)}
      />
    )
  ) : state === 'failed' || state === 'cancelled' ? (
    <IconButton
      icon="retry"
      className="natter-upload-cancel"
      label={texts.files.retryUpload(pending.name)}
      tabIndex={tabIndex}
      onClick={onRetry}
    />
  ) : null;

  if (pending.kind === 'image' && pending.previewUrl !== null) {
    return (
      <span className="natter-image natter-image-pending" data-upload={state}>
        <img src={pending.previewUrl} alt={texts.files.image(pending.name)} />
        {progress}
        {word !== null && state !== 'uploading' && (
          <span className="natter-upload-word">{word}</span>
        )}
        {control}
      </span>
    );
  }
  return (
    <div className="natter-file-card" data-upload={state}>
      <span className="natter-file-icon">
        <Icon name={pending.kind === 'image' ? 'image' : 'file'} />
      </span>
      <span className="natter-file-text">
        <FileName name={pending.name} />
        <span className="natter-file-size">
          {formatBytes(pending.bytes, locale)}
          {word !== null && ` · ${word}`}
        </span>
        {progress}
      </span>
      {control}
    </div>
  );
}

function wordOf(state: PendingState, percent: string, { files: say }: Texts): string | null {
  switch (state) {
    case 'uploading':
      return percent;
    case 'turn':
      return say.waitingForTurn;
    case 'network':
      return say.waitingForNetwork;
    case 'failed':
      return say.uploadFailed;
    case 'cancelled':
      return say.uploadCancelled;
    default:
      return null;
  }
}
