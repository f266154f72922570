/** Owns what is said around the field: what does not fit, what is missing, and what becomes of what is written. */
import { limits } from '@natter/protocol';
import { useConnectionStatus, usePersistence } from '@natter/react';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import type { Texts } from '../texts/english.ts';
import { type Refusals, tellRefusals } from './attachments.ts';
import type { Editing } from './useEditing.ts';

export interface ComposerNotesProps {
  /** The field is described by it. */
  id: string;
  /** Null while it is far from the limit. */
  left: number | null;
  refusals: Refusals;
  filesMissing: number;
  lost: Editing['lost'];
  onDismiss: () => void;
}

export function ComposerNotes({
  id,
  left,
  refusals,
  filesMissing,
  lost,
  onDismiss,
}: ComposerNotesProps) {
  const { texts, locale } = useUi();
  const say = texts.composer;
  const waiting = useWaiting(texts);
  const refused = tellRefusals(refusals, limits, texts, locale);
  const gone = lost === null ? null : lost.kept ? say.editLostKept : say.editLost;
  const problems = [
    ...refused,
    ...(filesMissing > 0 ? [say.filesMissing(filesMissing)] : []),
    ...(gone === null ? [] : [gone]),
  ];

  return (
    <div className="natter-composer-hint" id={id}>
      <div aria-live="polite">
        {problems.map((problem, at) => (
          <p key={problem} className="natter-composer-problem">
            <span>{problem}</span>
            {at === 0 && (
              <IconButton
                icon="close"
                className="natter-composer-dismiss"
                label={texts.storage.dismiss}
                onClick={onDismiss}
              />
            )}
          </p>
        ))}
        {left !== null && left < 0 && (
          <p className="natter-composer-problem">{say.charactersOver(-left)}</p>
        )}
        {waiting !== null && <p>{waiting}</p>}
      </div>
      {/* Not spoken at every key: it is read with the field. */}
      {left !== null && left >= 0 && <p>{say.charactersLeft(left)}</p>}
    </div>
  );
}

/** Null while there is nothing to wait for, or nothing yet to say about it. */
function useWaiting(texts: Texts): string | null {
  const connection = useConnectionStatus();
  const isKept = usePersistence().state === 'kept';
  const say = texts.composer;
  switch (connection.status) {
    case 'reconnecting':
      // That it waits is said by the banner, which moves nothing; that it can be lost is worth a line.
      if (isKept || (connection.online && connection.attempt < 2)) return null;
      return say.waitingHere;
    case 'disconnected':
      if (connection.reason === 'notStarted') return null;
      if (connection.reason === 'signedOut') return isKept ? say.signedOut : say.signedOutHere;
      return isKept ? say.waiting : say.waitingHere;
    default:
      return null;
  }
}
