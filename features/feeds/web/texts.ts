// Words of calendar addresses.
import { texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  title: 'Emploi du temps dans mon agenda',
  office: 'Établissement',
  today: 'Aujourd’hui',
  intro:
    'Une adresse secrète à donner à l’agenda du téléphone ou de l’ordinateur («\u00a0s’abonner à un calendrier\u00a0»). Il se met à jour tout seul, environ chaque heure.',
  new: 'Nouvelle adresse',
  whose: 'L’emploi du temps de',
  homework: 'Le travail à faire',
  kinds: { 'all-day': 'travail sur la journée', due: 'travail à l’heure dite', none: 'sans le travail' },
  make: 'Faire une adresse',
  made: 'Votre adresse',
  once: 'Elle n’est montrée que cette fois. Qui la connaît lit cet emploi du temps\u00a0: gardez-la pour vous.',
  copy: 'Copier',
  copied: 'Adresse copiée.',
  notCopied: 'Appuyez longuement sur l’adresse pour la copier.',
  open: 'Ouvrir dans l’agenda',
  mine: 'Adresses en service',
  own: 'Mon emploi du temps',
  used: (day: string) => `lue le ${day}`,
  unused: 'jamais lue',
  renew: 'Changer l’adresse',
  end: 'Supprimer',
  nobody: 'Aucun emploi du temps à lire\u00a0: ni cours, ni enfant.',
}
const en: Words<typeof fr> = {
  title: 'Timetable in my calendar',
  office: 'School',
  today: 'Today',
  intro:
    'A secret address for the calendar of your phone or computer (“subscribe to a calendar”). It keeps itself up to date, about every hour.',
  new: 'New address',
  whose: 'The timetable of',
  homework: 'Homework',
  kinds: { 'all-day': 'homework on the day', due: 'homework at its time', none: 'without homework' },
  make: 'Make an address',
  made: 'Your address',
  once: 'It is shown only this once. Whoever knows it reads this timetable: keep it to yourself.',
  copy: 'Copy',
  copied: 'Address copied.',
  notCopied: 'Press the address for a while to copy it.',
  open: 'Open in the calendar',
  mine: 'Addresses in use',
  own: 'My timetable',
  used: (day) => `read on ${day}`,
  unused: 'never read',
  renew: 'Change the address',
  end: 'Delete',
  nobody: 'No timetable to read: neither lessons nor a child.',
}
export const feedTexts = texts(fr, en)

const frSentences: Sentences = {
  'feed.too-many': 'Vingt adresses suffisent. Supprimez-en une qui ne sert plus, puis recommencez.',
}
const enSentences: Sentences = {
  'feed.too-many': 'Twenty addresses are enough. Delete one that is no longer used, then try again.',
}
export const feedSentences = texts(frSentences, enSentences) as () => Sentences
