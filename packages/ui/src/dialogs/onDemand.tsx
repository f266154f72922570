/**
 * Owns dialogs whose code is loaded when they are first opened: not part of what an application loads at its start. A
 * load that fails says so, and can be tried again.
 */
import { type ComponentType, createElement, useEffect, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { Dialog } from './Dialog.tsx';
import { Notice } from './Notice.tsx';
import { Spinner } from './Spinner.tsx';

/** Sooner than this, a dialog that says "loading" would only flicker. */
export const loadingShownMs = 250;

export function onDemand<Props extends { onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;

  // biome-ignore lint/correctness/noComponentHookFactories: this is called once for each dialog, outside of components.
  return function OnDemand(props: Props) {
    const [attempt, setAttempt] = useState(0);
    const [state, setState] = useState<'loading' | 'failed' | 'ready'>('loading');

    // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` is what "try again" changes.
    useEffect(() => {
      if (loaded !== null) return;
      let gone = false;
      const settle = (next: typeof state) => {
        if (!gone) setState(next);
      };
      settle('loading');
      load().then(
        (component) => {
          loaded = component;
          settle('ready');
        },
        () => settle('failed'),
      );
      return () => {
        gone = true;
      };
    }, [attempt]);

    if (loaded !== null) return createElement(loaded, props);
    if (state === 'failed')
      return <Failed onRetry={() => setAttempt((n) => n + 1)} onClose={props.onClose} />;
    return <Loading onClose={props.onClose} />;
  };
}

function Loading({ onClose }: { onClose: () => void }) {
  const { texts, clock } = useUi();
  const [late, setLate] = useState(false);
  useEffect(() => clock.after(loadingShownMs, () => setLate(true)), [clock]);
  if (!late) return null;
  return (
    <Dialog title={texts.common.loading} onClose={onClose}>
      <div className="natter-dialog-waiting">
        <Spinner label={texts.common.loading} />
      </div>
    </Dialog>
  );
}

function Failed({ onRetry, onClose }: { onRetry: () => void; onClose: () => void }) {
  const { texts } = useUi();
  return (
    <Dialog title={texts.common.somethingWrong} onClose={onClose}>
      <Notice icon="alert" title={texts.common.notLoaded} failure>
        <button type="button" className="natter-button" onClick={onRetry}>
          {texts.common.retry}
        </button>
      </Notice>
    </Dialog>
  );
}
