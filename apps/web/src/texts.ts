/** Owns the words of the app around the components. */
export const texts = {
  name: 'Natter',
  tagline: 'Real-time chat that you own.',
  signIn: {
    title: 'Who do you want to be?',
    hint: 'This server runs with demo people. Open a second tab and be somebody else, to talk to yourself.',
    people: 'Demo people',
    as: 'Sign in as',
    loading: 'Loading…',
    failed: 'The server could not be reached.',
    empty: 'There are no demo people on this server.',
    retry: 'Try again',
    tokenTitle: 'Sign in with a token',
    tokenHint:
      'This server has no demo people. Ask the application that runs it for a token (a JWT whose “sub” is your user id), and paste it here. It stays in this browser until you sign out.',
    token: 'Token',
    tokenSubmit: 'Sign in',
  },
  layout: {
    sidebar: 'Sidebar',
    newConversation: 'New conversation',
    signOut: 'Sign out',
    signedInAs: (name: string) => `Signed in as ${name}`,
    choose: 'Choose a conversation',
    chooseHint: 'Pick one from the list, or start a new one.',
  },
  title: (unread: number) =>
    unread > 0 ? `(${unread >= 1_000 ? '999+' : unread}) Natter` : 'Natter',
  crash: {
    title: 'Something went wrong',
    hint: 'Nothing that you sent is lost. Loading the page again usually helps.',
    reload: 'Load again',
  },
};
