/** Owns the first screen: one of the demo people, or a token where there are none. */
import { Notice, Spinner } from '@natter/ui';
import type { Session } from '../session.ts';
import { useTexts } from '../texts/language.ts';
import { DemoPeople } from './DemoPeople.tsx';
import { TokenForm } from './TokenForm.tsx';
import { useDemoPeople } from './useDemoPeople.ts';

export function SignIn({ onSignIn }: { onSignIn: (session: Session) => void }) {
  const texts = useTexts();
  const { found, retry } = useDemoPeople();
  return (
    <main className="app-sign-in">
      <header className="app-brand">
        <img src="/favicon.svg" alt="" width="56" height="56" />
        <h1>{texts.name}</h1>
        <p>{texts.tagline}</p>
      </header>
      {found.state === 'loading' && <Spinner label={texts.signIn.loading} />}
      {found.state === 'failed' && (
        <Notice icon="alert" title={texts.signIn.failed} failure>
          <button type="button" className="natter-button" onClick={retry}>
            {texts.signIn.retry}
          </button>
        </Notice>
      )}
      {found.state === 'people' && <DemoPeople people={found.people} onSignIn={onSignIn} />}
      {found.state === 'none' && <TokenForm onSignIn={onSignIn} />}
    </main>
  );
}
