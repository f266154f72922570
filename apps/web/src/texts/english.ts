/** Owns the words of the app around the components. Another language is another object of the same shape. */
import { englishLanguage, type Language, numberIn } from '@natter/ui';

const number = numberIn('en');

export const texts = {
  name: 'Natter',
  tagline: 'Real-time chat that you own.',
  signIn: {
    title: 'Who do you want to be?',
    hint: 'This server runs with demo people. Open a second tab and be somebody else, to talk to yourself.',
    people: 'Demo people',
    as: (name: string) => `Sign in as ${name}`,
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
