/** Owns the words of the app around the components. Another language is another object of the same shape. */
import { englishLanguage, type Language, numberIn } from '@natter/ui';

const number = numberIn('en');

export const texts = {
  name: 'Natter',
  tagline: 'Real-time chat that you own.',
  signIn: {
    about: 'Messages that are never lost, on a server of your own, with or without a network.',
    title: 'Who do you want to be?',
    hint: 'This server runs with demo people. Open a second tab and be somebody else, to talk to yourself.',
    people: 'Demo people',
    as: (name: string) => `Sign in as ${name}`,
    loading: 'Loading…',
    failed: 'The server could not be reached.',
    failedHint: 'Are you online? If so, it may be starting.',
    empty: 'There are no demo people on this server.',
    retry: 'Try again',
    tokenTitle: 'Sign in with a token',
    tokenOnly: 'This server has no demo people.',
    tokenHint: 'Ask the application that runs this chat for a token, and paste it here.',
    tokenKept: 'The token stays in this browser until you sign out.',
    token: 'Token',
    paste: 'Paste',
    show: 'Show',
    hide: 'Hide',
    tokenSubmit: 'Sign in',
    entering: 'Signing in…',
    cancel: 'Cancel',
    unreachable: 'The server cannot be reached yet. You are signed in as soon as it can.',
    refusals: {
      expired: {
        title: 'This token has expired',
        hint: 'Tokens last for a while only. Get a new one where this one came from.',
      },
      malformed: {
        title: 'This is not a whole token',
        hint: 'A token is one long line: three parts with dots between them. Copy all of it.',
      },
      notAccepted: {
        title: 'This server does not accept the token',
        hint: 'It may be meant for another server, or its key has changed. Get a new one where this one came from.',
      },
      other: {
        title: 'The token could not be used',
        hint: 'Try it again, or get a new one where this one came from.',
      },
    },
    offerTitle: (name: string) => `Sign in as ${name}?`,
    offerBody:
      'You opened a link that signs you in as somebody else. Only go on if you expected that. What you have here stays on this device.',
    offerStay: 'Stay as I am',
    offerTake: 'Sign in',
  },
  settings: {
    title: 'Settings',
    look: 'Appearance',
    scheme: 'Colours',
    schemes: { system: 'System', light: 'Light', dark: 'Dark' },
    density: 'Density',
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
    language: 'Language',
    languages: { system: 'As the browser', en: 'English', de: 'Deutsch', ar: 'العربية' },
    attention: 'Notifications',
    notifications: 'Notifications',
    notificationStates: {
      granted: 'Shown while this page is in the background.',
      default: 'Switch it on, and your browser asks whether it may show them.',
      denied: 'Your browser blocks them. Allow them in its settings for this site.',
      unsupported: 'This browser cannot show them at this address.',
    },
    sound: 'Sound',
    soundHint: 'Played when a message comes while you look elsewhere.',
    device: 'This device',
    storage: {
      kept: 'History and unsent messages are kept on this device until you sign out. These settings stay.',
      notKept: 'History and unsent messages last only until this page is closed.',
    },
    version: (version: string) => `Natter ${version}`,
  },
  attention: {
    label: 'Notifications',
    offer: 'Get notified when a message comes while Natter is in the background?',
    turnOn: 'Turn on',
    notNow: 'Not now',
  },
  layout: {
    settings: 'Settings',
    profile: (name: string) => `Your profile, ${name}`,
    sidebar: 'Sidebar',
    newConversation: 'New conversation',
    switch: 'Switch to…',
    signOut: 'Sign out',
    signOutBody: 'Unsent messages on this device are deleted.',
    signedInAs: (name: string) => `Signed in as ${name}`,
    choose: 'Choose a conversation',
    chooseHint: 'Pick one from the list, or start a new one.',
  },
  title: (unread: number) =>
    unread > 0 ? `(${unread >= 1_000 ? `${number(999)}+` : number(unread)}) Natter` : 'Natter',
  crash: {
    title: 'Something went wrong',
    hint: 'Nothing that you sent is lost. Loading the page again usually helps.',
    reload: 'Load again',
  },
};

/** The shape of the catalogue: the same keys, whatever the language. */
export type AppTexts = typeof texts;

/** What a language is to the app: that of the components, and the app's own words. */
export interface AppLanguage {
  language: Language;
  texts: AppTexts;
}

export const english: AppLanguage = { language: englishLanguage, texts };
