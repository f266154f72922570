/** Owns the last resort: a component that throws shows a way out instead of a blank page. */
import { Notice } from '@natter/ui';
import { Component, type ReactNode } from 'react';
import { texts } from './texts.ts';

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="app-centre">
        <Notice icon="alert" title={texts.crash.title} hint={texts.crash.hint} failure>
          <button
            type="button"
            className="natter-button natter-button-primary"
            onClick={() => location.reload()}
          >
            {texts.crash.reload}
          </button>
        </Notice>
      </main>
    );
  }
}
