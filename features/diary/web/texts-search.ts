// Words for searching the diary, for its year, for printing it and for carrying lessons over.
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  search: 'Chercher',
  title: 'Chercher dans le cahier',
  query: 'Mots à chercher',
  hint: 'Sans accents si vous voulez\u00a0; entre guillemets, une suite de mots exacte.',
  everywhere: 'Toutes mes classes',
  inClass: 'Classe',
  thisClass: 'Cette classe',
  from: 'Du',
  to: 'Au',
  more: 'Suite des résultats',
  filters: 'Filtrer par date',
  found: (n: number, most: number) =>
    n >= most ? `Plus de ${most} résultats, les plus récents` : counted('fr', n, 'résultat', 'résultats'),
  none: 'Rien trouvé',
  noneText: 'Essayez un autre mot, ou le début d’un mot. La recherche ne porte que sur vos classes.',
  start: 'Que cherchez-vous\u00a0?',
  startText:
    'Un mot d’un cours, un titre de devoir, un chapitre\u00a0: tout ce qui a été écrit depuis la rentrée.',
  homework: 'travail',
  back: 'Cahier de textes',
  failed: 'La recherche n’a pas abouti',
  again: 'Réessayer',
  week: 'Semaine',
  weekOf: (day: string, n: number) => `${day} · ${counted('fr', n, 'texte', 'textes')}`,
  subject: 'Matière',
  allSubjects: 'Toutes les matières',
  print: 'Imprimer une période',
  printTitle: 'Cahier de textes',
  printNow: 'Imprimer ou enregistrer en PDF',
  period: 'Période',
  thisWeek: 'Cette semaine',
  thisMonth: 'Ce mois',
  wholeYear: 'Depuis la rentrée',
  withHomework: 'Avec le travail donné',
  withPrepared: 'Avec ce qui est préparé et que la classe ne voit pas encore',
  given: 'Travail donné',
  forDay: (day: string) => `pour ${day}`,
  teachers: (names: string) => `Enseignants\u00a0: ${names}`,
  printed: (day: string) => `Imprimé le ${day}`,
  documents: (names: string) => `Documents\u00a0: ${names}`,
  emptyPeriod: 'Rien d’écrit dans cette période',
  emptyPeriodText: 'Choisissez d’autres dates ou une autre matière.',
  copy: 'Reporter vers une autre classe',
  copyTitle: 'Reporter vers les classes parallèles',
  copyText:
    'Chaque texte est copié avec ses documents. Rien de déjà écrit n’est remplacé\u00a0; pour un cours à venir, la classe le voit le jour même.',
  copyDo: (n: number) => (n ? `Reporter ${counted('fr', n, 'texte', 'textes')}` : 'Reporter'),
  copied: (n: number) => `${counted('fr', n, 'texte reporté', 'textes reportés')}.`,
  copyUndone: 'Report annulé.',
  copyNone: 'Aucun texte de vous cette semaine',
  copyNoneText: 'Écrivez d’abord au cahier d’un de vos cours.',
  copyNoClass: 'Pas de cours parallèle de cette matière à moins de trois semaines.',
  otherLevels: 'Classes d’un autre niveau',
  written: 'déjà écrit',
  towards: (name: string) => `Vers ${name}`,
  leave: 'Ne pas reporter',
  document: (n: number) => counted('fr', n, 'document', 'documents'),
}

const en: Words<typeof fr> = {
  search: 'Search',
  title: 'Search the diary',
  query: 'Words to look for',
  hint: 'Accents do not matter; in quotes, words exactly in this order.',
  everywhere: 'All my classes',
  inClass: 'Class',
  thisClass: 'This class',
  from: 'From',
  to: 'To',
  more: 'More results',
  filters: 'Filter by date',
  found: (n, most) =>
    n >= most ? `More than ${most} results, the latest` : counted('en', n, 'result', 'results'),
  none: 'Nothing found',
  noneText: 'Try another word, or the beginning of one. Only your classes are searched.',
  start: 'What are you looking for?',
  startText: 'A word of a lesson, a homework’s title, a chapter: all that was written since the year began.',
  homework: 'homework',
  back: 'Class diary',
  failed: 'The search did not succeed',
  again: 'Try again',
  week: 'Week',
  weekOf: (day, n) => `${day} · ${counted('en', n, 'entry', 'entries')}`,
  subject: 'Subject',
  allSubjects: 'All subjects',
  print: 'Print a period',
  printTitle: 'Class diary',
  printNow: 'Print or save as PDF',
  period: 'Period',
  thisWeek: 'This week',
  thisMonth: 'This month',
  wholeYear: 'Since the year began',
  withHomework: 'With the homework set',
  withPrepared: 'With what is prepared and the class does not see yet',
  given: 'Homework set',
  forDay: (day) => `due ${day}`,
  teachers: (names) => `Teachers: ${names}`,
  printed: (day) => `Printed on ${day}`,
  documents: (names) => `Documents: ${names}`,
  emptyPeriod: 'Nothing written in this period',
  emptyPeriodText: 'Choose other dates or another subject.',
  copy: 'Carry over to another class',
  copyTitle: 'Carry over to parallel classes',
  copyText:
    'Each entry is copied with its documents. Nothing that is written is replaced; for a lesson to come, the class sees it on the day.',
  copyDo: (n) => (n ? `Carry over ${counted('en', n, 'entry', 'entries')}` : 'Carry over'),
  copied: (n) => `${counted('en', n, 'entry', 'entries')} carried over.`,
  copyUndone: 'Taken back.',
  copyNone: 'No entry of yours this week',
  copyNoneText: 'Write in the diary of one of your lessons first.',
  copyNoClass: 'No parallel lesson of this subject within three weeks.',
  otherLevels: 'Classes of another level',
  written: 'already written',
  towards: (name) => `To ${name}`,
  leave: 'Do not carry over',
  document: (n) => counted('en', n, 'document', 'documents'),
}

export const searchTexts = texts(fr, en)

const frSentences: Sentences = {
  'diary.already-written':
    'Un de ces cours a déjà un texte\u00a0: rien n’a été copié. La liste est à jour, choisissez-en un autre.',
  'diary.changed-meanwhile':
    'Un de ces textes a été modifié entre-temps\u00a0: rien n’a été copié. La liste est à jour, relisez-la avant de reporter.',
  'diary.copy-changed':
    'Un des textes reportés a été modifié depuis\u00a0: rien n’a été annulé. Retirez-les cours par cours.',
  'diary.not-parallel': 'Ce cours n’est pas de la même matière\u00a0: rien n’a été copié.',
  'diary.lesson-cancelled': 'Un de ces cours est annulé\u00a0: rien n’a été copié.',
  'diary.period-too-long':
    'La période va d’une date à une date plus tard, d’un an au plus\u00a0: corrigez les dates.',
  'request.invalid': 'Une date n’est pas complète\u00a0: corrigez-la.',
  absent: 'Cette classe n’existe plus, ou n’est pas la vôtre.',
}
const enSentences: Sentences = {
  'diary.already-written':
    'One of these lessons has an entry already: nothing was copied. The list is up to date, choose another one.',
  'diary.changed-meanwhile':
    'One of these entries was changed meanwhile: nothing was copied. The list is up to date, read it before you carry over.',
  'diary.copy-changed':
    'One of the copies was changed since: nothing was taken back. Take them out lesson by lesson.',
  'diary.not-parallel': 'That lesson is not of the same subject: nothing was copied.',
  'diary.lesson-cancelled': 'One of these lessons is cancelled: nothing was copied.',
  'diary.period-too-long': 'A period goes from one date to a later one, a year at most: mend the dates.',
  'request.invalid': 'A date is not complete: mend it.',
  absent: 'This class is no longer there, or is not yours.',
}

/** What a refusal about searching, printing or carrying over says. */
export const searchSentences = texts(frSentences, enSentences)
