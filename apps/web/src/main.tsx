/** Owns the start of the app. */
import '@natter/ui/styles/first.css';
import './app.css';
import { draftsOf } from '@natter/ui';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App, prepareApp } from './App.tsx';
import { createAccount } from './account.ts';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { broughtTokens } from './navigation/here.ts';
import { keepAppOffline } from './offline/register.ts';
import { openClient } from './openClient.ts';
import { createSessions, openStore } from './session.ts';
import { followLook } from './settings/applyLook.ts';
import { createSettings, SettingsProvider } from './settings/settings.ts';
import { LanguageProvider } from './texts/LanguageProvider.tsx';
import { createLanguages } from './texts/languages.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('unable to start: the page has no element with the id "root"');

const device = openStore(() => localStorage);
const settings = createSettings({ storage: device, tabs: window });
followLook(settings, document);

const languages = createLanguages({ settings, page: window });
const sessions = createSessions({
  tab: openStore(() => sessionStorage),
  device,
  ...(navigator.locks === undefined ? {} : { locks: navigator.locks }),
});
await sessions.continueDemo();
const account = createAccount({ sessions, settings, openClient, draftsOf });

function takeBrought(): void {
  const token = broughtTokens.take();
  if (token !== null) account.bring(token);
}
takeBrought();
broughtTokens.subscribe(takeBrought);

keepAppOffline();
await Promise.all([languages.ready, prepareApp(account)]);

createRoot(root).render(
  <StrictMode>
    <LanguageProvider languages={languages}>
      <ErrorBoundary>
        <SettingsProvider value={settings}>
          <App account={account} />
        </SettingsProvider>
      </ErrorBoundary>
    </LanguageProvider>
  </StrictMode>,
);
