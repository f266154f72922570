/** Owns which of the two screens shows: signing in, or chatting. */
import { Chat, paneOnDemand, systemClock } from '@natter/ui';
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import type { Account } from './account.ts';
import { ChatLayout, Conversation } from './layout/ChatLayout.tsx';
import { navigation } from './navigation/here.ts';
import type { SignInProps } from './signIn/SignIn.tsx';

const SignIn = paneOnDemand<SignInProps>(() =>
  import('./signIn/SignIn.tsx').then(({ SignIn }) => SignIn),
);

const TokenOffer = lazy(() =>
  import('./signIn/TokenOffer.tsx').then(({ TokenOffer }) => ({ default: TokenOffer })),
);

/** So long nobody signs out who has just come. */
const signInAfterMs = 3_000;

/** Resolves when what shows first is here, or cannot be had. */
export async function prepareApp(account: Account): Promise<void> {
  const isIn = account.getSnapshot().status === 'signedIn';
  const isOpen = navigation.getSnapshot().conversationId !== null;
  const needed = isIn ? (isOpen ? Conversation : null) : SignIn;
  await needed?.load().catch(() => {});
}

export function App({ account }: { account: Account }) {
  const now = useSyncExternalStore(account.subscribe, account.getSnapshot);

  // For whoever signs out later, also without a network; not while they wait for their messages.
  useEffect(() => systemClock.after(signInAfterMs, () => void SignIn.load().catch(() => {})), []);

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
