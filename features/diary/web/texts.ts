// Words of the class diary.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  title: 'Cahier de textes',
  weekOf: (from: string, to: string) => `Du ${from} au ${to}`,
  previous: 'Semaine précédente',
  following: 'Semaine suivante',
  thisWeek: 'Cette semaine',
  print: 'Imprimer',
  search: 'Chercher dans le cahier',
  copy: 'Reporter vers une autre classe',
  timetable: 'Emploi du temps',
  whose: 'Choisir la classe',
  me: 'Moi',
  empty: 'Rien d’écrit cette semaine',
  emptyText: 'Ce que les professeurs notent après chaque cours s’affiche ici.',
  ahead: 'Cette semaine n’a pas encore eu lieu.',
  noClass: 'Pas de classe',
  noClassText: 'Le cahier de textes s’affiche dès l’inscription dans une classe.',
  prepared: (day: string) => `Préparé · la classe le verra ${day}`,
  change: 'Modifier',
  notLoaded: 'Le cahier n’est pas arrivé',
  again: 'Réessayer',
}

const en: Words<typeof fr> = {
  title: 'Class diary',
  weekOf: (from, to) => `${from} to ${to}`,
  previous: 'Previous week',
  following: 'Next week',
  thisWeek: 'This week',
  print: 'Print',
  search: 'Search the diary',
  copy: 'Carry over to another class',
  timetable: 'Timetable',
  whose: 'Choose the class',
  me: 'Me',
  empty: 'Nothing written this week',
  emptyText: 'What the teachers note after each lesson shows here.',
  ahead: 'This week has not taken place yet.',
  noClass: 'No class',
  noClassText: 'The diary shows once one is enrolled in a class.',
  prepared: (day) => `Prepared · the class will see it on ${day}`,
  change: 'Change',
  notLoaded: 'The diary has not arrived',
  again: 'Try again',
}

export const diaryTexts = texts(fr, en)
