/**
 * Owns dialogs and panes whose code is loaded when they are first opened: not part of what an application loads at its
 * start. A load that fails says so, and can be tried again.
 */
import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react';
import { useUi } from '../runtime/UiProvider.tsx';
import { Dialog } from './Dialog.tsx';
import { createLoader, useLoader } from './loader.ts';
import { Notice } from './Notice.tsx';
import { Spinner } from './Spinner.tsx';

/** Sooner than this, something that says "loading" would only flicker. */
export const loadingShownMs = 250;

export function onDemand<Props extends { onClose: () => void }>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const loader = createLoader(load);

  // biome-ignore lint/correctness/noComponentHookFactories: this is called once for each dialog, outside of components.
  return function OnDemand(props: Props) {
    const { texts } = useUi();
    const loaded = useLoader(loader);
    if (loaded.state === 'ready') return createElement(loaded.part, props);
    if (loaded.state === 'failed')
      return (
        <Dialog title={texts.common.somethingWrong} onClose={props.onClose}>
          <Failed onRetry={loaded.retry} />
        </Dialog>
      );
    return (
      <Late>
        <Dialog title={texts.common.loading} onClose={props.onClose}>
          <div className="natter-dialog-waiting">
            <Spinner label={texts.common.loading} />
          </div>
        </Dialog>
      </Late>
    );
  };
}

export type PaneOnDemand<Props> = ComponentType<Props> & {
  /** Before it shows, so that it shows at once; rejects when it cannot be had. */
  load: () => Promise<unknown>;
};

/** The same for what is part of the page. */
export function paneOnDemand<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): PaneOnDemand<Props> {
  const loader = createLoader(load);

  // biome-ignore lint/correctness/noComponentHookFactories: this is called once for each pane, outside of components.
  function OnDemand(props: Props) {
    const { texts } = useUi();
    const loaded = useLoader(loader);
    if (loaded.state === 'ready') return createElement(loaded.part, props);
    if (loaded.state === 'failed') return <Failed onRetry={loaded.retry} />;
    return (
      <Late>
        <Spinner label={texts.common.loading} />
      </Late>
    );
  }
  return Object.assign(OnDemand, { load: loader.load });
}

function Late({ children }: { children: ReactNode }) {
  const { clock } = useUi();
  const [isLate, setLate] = useState(false);
  useEffect(() => clock.after(loadingShownMs, () => setLate(true)), [clock]);
  return isLate ? children : null;
}

function Failed({ onRetry }: { onRetry: () => void }) {
  const { texts } = useUi();
  return (
    <Notice icon="alert" title={texts.common.notLoaded} failure>
      <button type="button" className="natter-button" onClick={onRetry}>
        {texts.common.retry}
      </button>
    </Notice>
  );
}
