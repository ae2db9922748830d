// Words of one's own menu.
import { texts, type Words } from './language.svelte.ts'

const fr = {
  language: 'Langue',
  theme: 'Apparence',
  themes: { auto: 'Auto', light: 'Clair', dark: 'Sombre' },
  switchTo: (name: string) => `Passer à ${name}`,
  addPerson: 'Ajouter une personne',
  newCode: (name: string) => `Nouveau code pour ${name}`,
  calendar: 'Mon agenda',
  password: 'Changer de mot de passe',
  signOut: 'Se déconnecter',
  signOutEverywhere: 'Se déconnecter partout',
  everywhereTitle: 'Se déconnecter de tous les appareils ?',
  everywhereText: 'Chaque appareil redemandera le mot de passe. Ce que ces appareils ont gardé est effacé.',
  cancel: 'Annuler',
  menu: (name: string) => `Menu de ${name}`,
  me: 'Mon compte',
}

const en: Words<typeof fr> = {
  language: 'Language',
  theme: 'Appearance',
  themes: { auto: 'Auto', light: 'Light', dark: 'Dark' },
  switchTo: (name) => `Switch to ${name}`,
  addPerson: 'Add somebody',
  newCode: (name) => `New code for ${name}`,
  calendar: 'My calendar',
  password: 'Change the password',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out everywhere',
  everywhereTitle: 'Sign out of every device?',
  everywhereText: 'Each device will ask for the password again. What those devices kept is erased.',
  cancel: 'Cancel',
  menu: (name) => `${name}’s menu`,
  me: 'My account',
}

export const menuTexts = texts(fr, en)
