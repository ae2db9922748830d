// Words of a teacher's and a school's day.
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  myClasses: 'Mes classes',
  toRead: 'Copies et travaux',
  toReadNone: 'Pas de travail en cours',
  toReadNoneText: 'Ce que vous donnez à faire à vos classes s’affiche ici, avec les copies à lire.',
  copies: (n: number) => `${n} à lire`,
  ready: (n: number) => counted('fr', n, 'prête', 'prêtes'),
  handedInOf: (n: number, of: number) => `${n.toLocaleString('fr')} sur ${of.toLocaleString('fr')} ont remis`,
  forDue: (when: string) => `pour ${when}`,
  toCome: (when: string) => `publié ${when}`,
  pupils: (n: number) => counted('fr', n, 'élève', 'élèves'),
  activated: (n: number, of: number) =>
    `${counted('fr', n, 'compte activé', 'comptes activés')} sur ${of.toLocaleString('fr')}`,
  notActivated: (n: number) => `${counted('fr', n, 'élève n’a', 'élèves n’ont')} pas encore de mot de passe`,
  allActivated: 'Tous les élèves ont leur mot de passe',
  lessonsNow: (n: number) => counted('fr', n, 'cours en ce moment', 'cours en ce moment'),
  lessonsToday: (n: number) => counted('fr', n, 'cours aujourd’hui', 'cours aujourd’hui'),
  changes: 'Changements du jour',
  absences: 'Absences',
  changesNone: 'Aucun cours annulé ou déplacé',
  day: 'La journée',
  school: 'L’établissement',
}

const en: Words<typeof fr> = {
  myClasses: 'My classes',
  toRead: 'Copies and work',
  toReadNone: 'No work under way',
  toReadNoneText: 'What you set for your classes shows here, with the copies to read.',
  copies: (n) => `${n} to read`,
  ready: (n) => `${n} ready`,
  handedInOf: (n, of) => `${n.toLocaleString('en')} of ${of.toLocaleString('en')} handed in`,
  forDue: (when) => `due ${when}`,
  toCome: (when) => `published ${when}`,
  pupils: (n) => counted('en', n, 'pupil', 'pupils'),
  activated: (n, of) => `${n.toLocaleString('en')} of ${of.toLocaleString('en')} accounts activated`,
  notActivated: (n) => `${counted('en', n, 'pupil has', 'pupils have')} no password yet`,
  allActivated: 'Every pupil has a password',
  lessonsNow: (n) => counted('en', n, 'lesson on now', 'lessons on now'),
  lessonsToday: (n) => counted('en', n, 'lesson today', 'lessons today'),
  changes: 'Changes today',
  absences: 'Absences',
  changesNone: 'No lesson cancelled or moved',
  day: 'The day',
  school: 'The school',
}

export const staffTexts = texts(fr, en)
