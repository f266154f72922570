/** Owns which of the two screens shows: signing in, or chatting. */
import { Chat } from '@natter/ui';
import { useSyncExternalStore } from 'react';
import type { Account } from './account.ts';
import { ChatLayout } from './layout/ChatLayout.tsx';
import { navigation } from './navigation/here.ts';
import { SignIn } from './signIn/SignIn.tsx';

export function App({ account }: { account: Account }) {
  const signedIn = useSyncExternalStore(account.subscribe, account.getSnapshot);
  if (signedIn === null) return <SignIn onSignIn={account.signIn} />;
  return (
    <Chat client={signedIn.client} layers={navigation} className="app">
      <ChatLayout onLeave={account.leave} onSignOut={account.signOut} />
    </Chat>
  );
}
