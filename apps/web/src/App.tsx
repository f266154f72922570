/** Owns which of the two screens shows: signing in, or chatting. */
import { Chat } from '@natter/ui';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import type { Account } from './account.ts';
import { ChatLayout } from './layout/ChatLayout.tsx';
import { navigation } from './navigation/here.ts';
import { SignIn } from './signIn/SignIn.tsx';

const TokenOffer = lazy(() =>
  import('./signIn/TokenOffer.tsx').then(({ TokenOffer }) => ({ default: TokenOffer })),
);

export function App({ account }: { account: Account }) {
  const now = useSyncExternalStore(account.subscribe, account.getSnapshot);
  if (now.status !== 'signedIn') return <SignIn account={account} now={now} />;
  return (
    <Chat client={now.client} layers={navigation} className="app">
      <ChatLayout onLeave={account.leave} onSignOut={account.signOut} />
      <Suspense>
        {now.offer !== null && <TokenOffer offer={now.offer} account={account} />}
      </Suspense>
    </Chat>
  );
}
