/** Owns the first screen: what this is, and who one is: one of the demo people, or whom a host's token names. */
import './signIn.css';
import { Notice, Spinner } from '@natter/ui';
import { useState } from 'react';
import type { Account, AccountSnapshot } from '../account.ts';
import { useTexts } from '../texts/language.ts';
import { Brand } from './Brand.tsx';
import { DemoPeople } from './DemoPeople.tsx';
import { TokenForm } from './TokenForm.tsx';
import { useDemoPeople } from './useDemoPeople.ts';

export interface SignInProps {
  account: Pick<Account, 'signIn' | 'leave'>;
  now: Exclude<AccountSnapshot, { status: 'signedIn' }>;
}

export function SignIn({ account, now }: SignInProps) {
  const texts = useTexts();
  const { found, retry } = useDemoPeople();
  /** Null: what was sent last, so that it can be looked at when it was refused. */
  const [typed, setTyped] = useState<string | null>(null);
  const sent = now.status === 'entering' ? now.session.token : (now.refused?.token ?? null);
  const token = typed ?? sent;
  return (
    <main className="app-sign-in">
      <Brand />
      <div className="app-sign-in-panel">
        {(found.state === 'none' || token !== null) && (
          <TokenForm
            token={token ?? ''}
            now={now}
            isOnly={found.state === 'none'}
            onChange={setTyped}
            onSubmit={(trimmed) => {
              setTyped(null);
              account.signIn({ kind: 'token', token: trimmed });
            }}
            onCancel={() => {
              setTyped(token);
              account.leave();
            }}
          />
        )}
        {found.state === 'loading' && token === null && <Spinner label={texts.signIn.loading} />}
        {found.state === 'failed' && (
          <Notice icon="alert" title={texts.signIn.failed} hint={texts.signIn.failedHint} failure>
            <button type="button" className="natter-button" onClick={retry}>
              {texts.signIn.retry}
            </button>
          </Notice>
        )}
        {found.state === 'people' && <DemoPeople people={found.people} onSignIn={account.signIn} />}
      </div>
    </main>
  );
}
