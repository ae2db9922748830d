// Words of a pupil's history: marks and work of a school year.
import { deName } from '#web/texts/french.ts'
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  title: 'Notes et travaux',
  of: (name: string) => `Notes et travaux ${deName(name)}`,
  back: 'Travail',
  children: 'Mes enfants',
  class: 'La classe',
  ownOnly: 'Les travaux que vous avez donnés à cette classe.',
  year: 'Année scolaire',
  term: 'Période',
  whole: 'Toute l’année',
  between: 'Hors période',
  marks: (n: number) => counted('fr', n, 'note', 'notes'),
  pieces: (n: number) => counted('fr', n, 'travail', 'travaux'),
  noSubject: 'Autres travaux',
  due: (day: string) => `pour ${day}`,
  coefficient: (n: string) => `coef. ${n}`,
  round: (n: number) => `${n}ᵉ remise`,
  earlier: (marks: string) => `avant : ${marks}`,
  mark: 'Note :',
  state: {
    'to-do': 'à faire',
    missed: 'pas remis',
    done: 'fait',
    'handed-in': 'remis',
    'given-back': 'corrigé',
  },
  late: 'en retard',
  empty: 'Rien pour cette période',
  emptyText: 'Les travaux et les notes rendues s’affichent ici.',
  more: 'Il y a plus de travaux que cette page n’en montre : les plus anciens de l’année manquent.',
  withheld:
    'L’établissement vous montre les travaux et s’ils sont remis, sans les notes. Adressez-vous à lui pour en savoir plus.',
  old: 'Cette page date de votre dernière visite : la mise à jour n’est pas passée.',
  notLoaded: 'Les notes ne sont pas arrivées',
  again: 'Réessayer',
}

const en: Words<typeof fr> = {
  title: 'Marks and work',
  of: (name) => `Marks and work of ${name}`,
  back: 'Work',
  children: 'My children',
  class: 'The class',
  ownOnly: 'The work that you set for this class.',
  year: 'School year',
  term: 'Term',
  whole: 'The whole year',
  between: 'Between terms',
  marks: (n) => counted('en', n, 'mark', 'marks'),
  pieces: (n) => counted('en', n, 'piece of work', 'pieces of work'),
  noSubject: 'Other work',
  due: (day) => `for ${day}`,
  coefficient: (n) => `coef. ${n}`,
  round: (n) => `hand-in ${n}`,
  earlier: (marks) => `before: ${marks}`,
  mark: 'Mark:',
  state: {
    'to-do': 'to do',
    missed: 'not handed in',
    done: 'done',
    'handed-in': 'handed in',
    'given-back': 'given back',
  },
  late: 'late',
  empty: 'Nothing in this term',
  emptyText: 'Work, and marks once they are given back, show here.',
  more: 'There is more work than this page shows: the oldest of the year is missing.',
  withheld:
    'The school shows you the work and whether it was handed in, without marks. Ask the school to know more.',
  old: 'This page is from your last visit: the update did not come through.',
  notLoaded: 'The marks did not arrive',
  again: 'Try again',
}

export const historyTexts = texts(fr, en)

const frSentences: Sentences = { absent: 'Cet élève n’existe pas, ou n’est pas dans une de vos classes.' }
const enSentences: Sentences = { absent: 'This pupil does not exist, or is in none of your classes.' }
export const historySentences = texts(frSentences, enSentences)
