// Words of a teacher's lesson page: what it is about, its homework, cancelling and moving it.
import { texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  lesson: 'Cours',
  back: 'Semaine',
  room: (room: string) => (/^\d/.test(room) ? `salle ${room}` : room),
  desk: 'Travaux de la classe',
  work: 'Travail',
  dueHere: 'Pour ce cours',
  setHere: 'Donné ce jour-là',
  noWork: 'Aucun travail lié à ce cours.',
  set: 'Donner un travail',
  forDue: (when: string) => `pour ${when}`,
  change: 'Annuler ou déplacer',
  asPlanned: 'Ce cours a lieu comme prévu.',
  cancel: 'Annuler ce cours',
  move: 'Déplacer ce cours',
  cancelled: 'annulé',
  absent: 'absence',
  insteadOf: (name: string) =>
    `Vous remplacez ${name} : le cahier de textes de ce cours est à vous, jusqu’à deux semaines après.`,
  movedFrom: (when: string) => `déplacé, prévu ${when}`,
  takeBack: 'Rétablir comme prévu',
  note: 'Mot pour la classe (facultatif)',
  noteHint: 'Par exemple : rendez-vous au CDI.',
  date: 'Nouveau jour',
  start: 'Début',
  end: 'Fin',
  toRoom: 'Salle (si elle change)',
  confirmCancel: 'Annuler le cours',
  confirmMove: 'Déplacer le cours',
  keep: 'Ne rien changer',
  saidCancelled: 'Cours annulé : la classe le voit.',
  saidMoved: 'Cours déplacé : la classe le voit.',
  saidBack: 'Cours rétabli comme prévu.',
  notMine: 'Ce cours n’est pas à votre emploi du temps',
  notMineText: 'Il a peut-être changé de jour ou de professeur. Votre semaine est à jour.',
  notLoaded: 'Le cours n’est pas arrivé',
  week: 'Voir ma semaine',
  again: 'Réessayer',
}

const en: Words<typeof fr> = {
  lesson: 'Lesson',
  back: 'Week',
  room: (room) => (/^\d/.test(room) ? `room ${room}` : room),
  desk: 'Work of the class',
  work: 'Homework',
  dueHere: 'Due for this lesson',
  setHere: 'Set that day',
  noWork: 'No homework belongs to this lesson.',
  set: 'Set homework',
  forDue: (when) => `due ${when}`,
  change: 'Cancel or move',
  asPlanned: 'This lesson takes place as planned.',
  cancel: 'Cancel this lesson',
  move: 'Move this lesson',
  cancelled: 'cancelled',
  absent: 'absence',
  insteadOf: (name) => `You cover for ${name}: the diary of this lesson is yours, until two weeks later.`,
  movedFrom: (when) => `moved, was ${when}`,
  takeBack: 'Back to plan',
  note: 'Word for the class (optional)',
  noteHint: 'For instance: we meet in the library.',
  date: 'New day',
  start: 'Start',
  end: 'End',
  toRoom: 'Room (if it changes)',
  confirmCancel: 'Cancel the lesson',
  confirmMove: 'Move the lesson',
  keep: 'Change nothing',
  saidCancelled: 'Lesson cancelled: the class sees it.',
  saidMoved: 'Lesson moved: the class sees it.',
  saidBack: 'Lesson back to plan.',
  notMine: 'This lesson is not in your timetable',
  notMineText: 'It may have changed its day or its teacher. Your week is up to date.',
  notLoaded: 'The lesson did not arrive',
  week: 'See my week',
  again: 'Try again',
}

export const lessonTexts = texts(fr, en)

const frSentences: Sentences = {
  'lesson.ends-before-it-starts': 'La fin vient avant le début : corrigez les heures.',
  'lesson.moved-to-the-past': 'Ce moment est passé : choisissez-en un à venir.',
  'lesson.moved-too-far': 'C’est à plus de deux mois : vérifiez la date, surtout l’année.',
  'lesson.teacher-is-busy': 'Vous avez déjà cours à ce moment : choisissez une autre heure.',
  'lesson.class-is-busy': 'Des élèves ont déjà cours à ce moment : choisissez une autre heure.',
  absent: 'Ce cours n’existe plus à l’emploi du temps, ou n’est pas le vôtre.',
}
const enSentences: Sentences = {
  'lesson.ends-before-it-starts': 'It ends before it starts: mend the times.',
  'lesson.moved-to-the-past': 'That moment has passed: choose one to come.',
  'lesson.moved-too-far': 'That is more than two months away: check the date, the year above all.',
  'lesson.teacher-is-busy': 'You teach at that time already: choose another one.',
  'lesson.class-is-busy': 'Pupils have a lesson at that time already: choose another one.',
  absent: 'This lesson is no longer in the timetable, or is not yours.',
}

/** What a refusal about changing a lesson says. */
export const lessonSentences = texts(frSentences, enSentences)
