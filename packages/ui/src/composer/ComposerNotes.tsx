/** Owns what is said around the field: what does not fit, what is missing, and what becomes of what is written. */
import { limits } from '@natter/protocol';
import { IconButton } from '../icons/IconButton.tsx';
import { useUi } from '../runtime/UiProvider.tsx';
import { type Refusals, tellRefusals } from './attachments.ts';
import type { Editing } from './useEditing.ts';
import { useWaitingNote } from './waiting.ts';

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
  const waiting = useWaitingNote();
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
