/** Owns the start of the app. */
import '@natter/ui/styles.css';
import './app.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { createAccount } from './account.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { keepAppOffline } from './offline/register.ts';
import { openClient } from './openClient.ts';
import { createSessions, openStore } from './session.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('unable to start: the page has no element with the id "root"');

const sessions = createSessions({
  tab: openStore(() => sessionStorage),
  device: openStore(() => localStorage),
  ...(navigator.locks === undefined ? {} : { locks: navigator.locks }),
});
await sessions.continueDemo();
const account = createAccount({ sessions, openClient });

keepAppOffline();

createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <App account={account} />
    </ErrorBoundary>
  </StrictMode>,
);
