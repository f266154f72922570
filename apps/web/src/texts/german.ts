/** Owns the words of the app around the components, in German. */
import { numberIn } from '@natter/ui';
import { german as language } from '@natter/ui/texts/german';
import type { AppTexts } from './english.ts';
import type { AppLanguage } from './language.ts';

const number = numberIn('de');

const texts: AppTexts = {
  name: 'Natter',
  tagline: 'Echtzeit-Chat, der dir gehört.',
  signIn: {
    title: 'Wer möchtest du sein?',
    hint: 'Auf diesem Server sind Demo-Leute unterwegs. Öffne einen zweiten Tab und sei dort jemand anderes, dann kannst du mit dir selbst schreiben.',
    people: 'Demo-Leute',
    as: (name) => `Als ${name} anmelden`,
    loading: 'Wird geladen\u00a0…',
    failed: 'Der Server ist nicht erreichbar.',
    empty: 'Auf diesem Server gibt es keine Demo-Leute.',
    retry: 'Noch mal versuchen',
    tokenTitle: 'Mit einem Token anmelden',
    tokenHint:
      'Auf diesem Server gibt es keine Demo-Leute. Hol dir in der Anwendung, die ihn betreibt, ein Token (ein JWT, dessen „sub“ deine Nutzer-ID ist), und füge es hier ein. Es bleibt in diesem Browser, bis du dich abmeldest.',
    token: 'Token',
    tokenSubmit: 'Anmelden',
  },
  layout: {
    sidebar: 'Seitenleiste',
    newConversation: 'Neuer Chat',
    signOut: 'Abmelden',
    signedInAs: (name) => `Angemeldet als ${name}`,
    choose: 'Wähle einen Chat',
    chooseHint: 'Nimm einen aus der Liste oder fang einen neuen an.',
  },
  title: (unread) =>
    unread > 0 ? `(${unread >= 1_000 ? `${number(999)}+` : number(unread)}) Natter` : 'Natter',
  crash: {
    title: 'Da ist etwas schiefgegangen',
    hint: 'Nichts, was du gesendet hast, ist verloren. Meistens hilft es, die Seite neu zu laden.',
    reload: 'Neu laden',
  },
};

export const german: AppLanguage = { language, texts };
