/** Owns telling that this device keeps nothing: what is written here lasts only as long as the page. */
import type { ErrorBody } from '@natter/protocol';
import { usePersistence } from '@natter/react';
import { useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import type { Texts } from '../texts/english.ts';

export function StorageNotice() {
  const { texts } = useUi();
  const { state, error } = usePersistence();
  const [dismissed, setDismissed] = useState<string | null>(null);
  const reason = state === 'memory' && error !== null ? reasonText(error, texts) : null;
  const isShown = reason !== null && reason !== dismissed;
  return (
    <div className="natter-banner-region" role="status" aria-label={texts.storage.label}>
      {isShown && (
        <div className="natter-banner" data-tone="warning">
          <span>{texts.storage.notKept(reason)}</span>
          <button
            type="button"
            className="natter-banner-button"
            onClick={() => setDismissed(reason)}
          >
            {texts.storage.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}

function reasonText({ code, message }: ErrorBody, texts: Texts): string {
  return code === 'overloaded' ? texts.storage.full : message;
}
