/** Owns the files of a message that is on its way: each of them, and how far they have got in all. */
import type { TimelineMessage } from '@natter/client';
import { useChatClient, useConnectionStatus, useUploads } from '@natter/react';
import { formatPercent } from '../formatting/size.ts';
import { useUi } from '../runtime/UiProvider.tsx';
import { PendingFile } from './PendingFile.tsx';
import { pendingState } from './pendingState.ts';

export interface PendingFilesProps {
  message: TimelineMessage;
  /** Rows that are not reached by Tab. */
  tabIndex?: number;
}

export function PendingFiles({ message, tabIndex = 0 }: PendingFilesProps) {
  const { messages } = useChatClient();
  const uploads = useUploads();
  const isConnected = useConnectionStatus().status === 'connected';
  return (
    <>
      {message.pending.map((pending) => (
        <PendingFile
          key={pending.localId}
          pending={pending}
          state={pendingState(
            message,
            uploads.find(({ localId }) => localId === pending.localId),
            isConnected,
          )}
          tabIndex={tabIndex}
          onRetry={() => messages(message.conversationId).resend(message.id)}
        />
      ))}
      {message.status === 'sending' && message.pending.length > 1 && (
        <Sum message={message} isConnected={isConnected} tabIndex={tabIndex} />
      )}
    </>
  );
}

function Sum({
  message: { pending },
  isConnected,
  tabIndex,
}: {
  message: TimelineMessage;
  isConnected: boolean;
  tabIndex: number;
}) {
  const { texts, locale } = useUi();
  const { uploads } = useChatClient();
  const bytes = pending.reduce((sum, each) => sum + each.bytes, 0);
  const sent = pending.reduce((sum, each) => sum + each.bytes * each.progress, 0);
  const share = sent / Math.max(1, bytes);
  const open = pending.filter(({ progress }) => progress < 1);
  const text = texts.files.uploadingAll(
    pending.length - open.length,
    pending.length,
    formatPercent(share, locale),
  );
  return (
    <div className="natter-upload-sum">
      <progress className="natter-upload-bar" max={1} value={share} aria-label={text} />
      <span>{isConnected ? text : texts.files.waitingForNetwork}</span>
      {open.length > 0 && (
        <button
          type="button"
          className="natter-link-button"
          tabIndex={tabIndex}
          onClick={() => {
            for (const { localId } of open) uploads.cancel(localId);
          }}
        >
          {texts.files.cancelAll}
        </button>
      )}
    </div>
  );
}
