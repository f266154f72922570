/** Owns the last resort: a component that throws shows a way out instead of a blank page. */
import { Notice } from '@natter/ui';
import { Component, type ContextType, type ReactNode } from 'react';
import { TextsContext } from './texts/language.ts';

export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  static override contextType = TextsContext;
  declare context: ContextType<typeof TextsContext>;

  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    const { crash } = this.context;
    return (
      <main className="app-centre">
        <Notice icon="alert" title={crash.title} hint={crash.hint} failure>
          <button
            type="button"
            className="natter-button natter-button-primary"
            onClick={() => location.reload()}
          >
            {crash.reload}
          </button>
        </Notice>
      </main>
    );
  }
}
