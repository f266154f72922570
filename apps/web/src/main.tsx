/** Owns the start of the app. */
import '@natter/ui/styles.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createAccount } from './account.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { openClient } from './openClient.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('unable to start: the page has no element with the id "root"');

const account = createAccount({ storage: sessionStorage, openClient });

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App account={account} />
    </ErrorBoundary>
  </StrictMode>,
);
