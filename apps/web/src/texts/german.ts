/** Owns the words of the app around the components, in German. */
import { numberIn } from '@natter/ui';
import { german as language } from '@natter/ui/texts/german';
import type { AppLanguage, AppTexts } from './english.ts';

const number = numberIn('de');

const texts: AppTexts = {
  name: 'Natter',
  tagline: 'Echtzeit-Chat, der dir gehört.',
  signIn: {
    about: 'Nachrichten, die nie verloren gehen, auf deinem eigenen Server, mit und ohne Netz.',
    title: 'Wer möchtest du sein?',
    hint: 'Auf diesem Server sind Demo-Leute unterwegs. Öffne einen zweiten Tab und sei dort jemand anderes, dann kannst du mit dir selbst schreiben.',
    people: 'Demo-Leute',
    as: (name) => `Als ${name} anmelden`,
    loading: 'Wird geladen\u00a0…',
    failed: 'Der Server ist nicht erreichbar.',
    failedHint: 'Bist du online? Dann startet er vielleicht gerade.',
    empty: 'Auf diesem Server gibt es keine Demo-Leute.',
    retry: 'Noch mal versuchen',
    tokenTitle: 'Mit einem Token anmelden',
    tokenOnly: 'Auf diesem Server gibt es keine Demo-Leute.',
    tokenHint:
      'Hol dir in der Anwendung, die diesen Chat betreibt, ein Token und füge es hier ein.',
    tokenKept: 'Das Token bleibt in diesem Browser, bis du dich abmeldest.',
    token: 'Token',
    paste: 'Einfügen',
    show: 'Anzeigen',
    hide: 'Verbergen',
    tokenSubmit: 'Anmelden',
    entering: 'Wird angemeldet\u00a0…',
    cancel: 'Abbrechen',
    unreachable: 'Der Server ist noch nicht erreichbar. Sobald er es ist, wirst du angemeldet.',
    refusals: {
      expired: {
        title: 'Dieses Token ist abgelaufen',
        hint: 'Tokens gelten nur eine Weile. Hol dir dort ein neues, wo dieses herkam.',
      },
      malformed: {
        title: 'Das ist kein vollständiges Token',
        hint: 'Ein Token ist eine lange Zeile aus drei Teilen mit Punkten dazwischen. Kopiere sie ganz.',
      },
      notAccepted: {
        title: 'Dieser Server nimmt das Token nicht an',
        hint: 'Vielleicht ist es für einen anderen Server gedacht, oder der Schlüssel hat sich geändert. Hol dir dort ein neues, wo dieses herkam.',
      },
      other: {
        title: 'Das Token ließ sich nicht verwenden',
        hint: 'Versuch es noch mal, oder hol dir dort ein neues, wo dieses herkam.',
      },
    },
    offerTitle: (name) => `Als ${name} anmelden?`,
    offerBody:
      'Du hast einen Link geöffnet, der dich als jemand anderes anmeldet. Mach nur weiter, wenn du das erwartet hast. Was du hier hast, bleibt auf diesem Gerät.',
    offerStay: 'Ich bleibe ich',
    offerTake: 'Anmelden',
  },
  settings: {
    title: 'Einstellungen',
    look: 'Darstellung',
    scheme: 'Farben',
    schemes: { system: 'System', light: 'Hell', dark: 'Dunkel' },
    density: 'Dichte',
    densities: { comfortable: 'Luftig', compact: 'Kompakt' },
    language: 'Sprache',
    languages: { system: 'Wie der Browser', en: 'English', de: 'Deutsch', ar: 'العربية' },
    attention: 'Benachrichtigungen',
    notifications: 'Benachrichtigungen',
    notificationStates: {
      granted: 'Erscheinen, während diese Seite im Hintergrund ist.',
      default: 'Schalte sie ein, dann fragt dein Browser, ob er sie zeigen darf.',
      denied: 'Dein Browser blockiert sie. Erlaube sie in seinen Einstellungen für diese Website.',
      unsupported: 'Unter dieser Adresse kann dieser Browser sie nicht zeigen.',
    },
    sound: 'Ton',
    soundHint: 'Erklingt, wenn eine Nachricht kommt, während du woanders hinsiehst.',
    device: 'Dieses Gerät',
    storage: {
      kept: 'Verlauf und ungesendete Nachrichten bleiben auf diesem Gerät, bis du dich abmeldest. Diese Einstellungen bleiben auch danach.',
      notKept: 'Verlauf und ungesendete Nachrichten bleiben nur, bis du diese Seite schließt.',
    },
    version: (version) => `Natter ${version}`,
  },
  attention: {
    label: 'Benachrichtigungen',
    offer: 'Benachrichtigen, wenn im Hintergrund eine Nachricht kommt?',
    turnOn: 'Einschalten',
    notNow: 'Nicht jetzt',
  },
  layout: {
    settings: 'Einstellungen',
    profile: (name) => `Dein Profil, ${name}`,
    sidebar: 'Seitenleiste',
    newConversation: 'Neuer Chat',
    switch: 'Wechseln zu\u00a0…',
    signOut: 'Abmelden',
    signOutBody: 'Ungesendete Nachrichten auf diesem Gerät werden gelöscht.',
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
