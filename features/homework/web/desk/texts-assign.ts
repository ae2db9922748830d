// Words for setting and editing homework.
import { texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  newTitle: 'Donner un travail',
  editTitle: 'Modifier le travail',
  toClass: (title: string) => `à ${title}`,
  title: 'Titre',
  body: 'Consigne',
  bodyHint: 'Ce qu’il faut faire, avec quels documents, en combien de temps.',
  files: 'Joindre un document ou une vidéo',
  filesTitle: 'Documents et vidéos',
  due: 'Pour quand',
  offer: { lesson: 'Prochain cours', tomorrow: 'Demain', week: 'Dans une semaine' },
  date: 'Date',
  time: 'Heure',
  how: 'Comment',
  handIn: 'À rendre',
  noHandIn: 'À faire, sans rendre',
  handInText: 'L’élève remet un texte ou des fichiers et garde un accusé de remise.',
  noHandInText: 'L’élève coche quand c’est fait.',
  lesson: 'Donné pendant',
  noLesson: 'Aucun cours en particulier',
  submit: 'Donner à la classe',
  save: 'Enregistrer',
  cancel: 'Annuler',
  set: (title: string) => `« ${title} » est donné : la classe le voit.`,
  saved: 'Modifications enregistrées : la classe les voit.',
  withdraw: 'Retirer ce travail',
  withdrawn: (title: string) => `« ${title} » est retiré. Les copies sont gardées.`,
  restored: (title: string) => `« ${title} » est rétabli.`,
  draftBack: 'Votre brouillon vous attendait sur cet appareil.',
  startAgain: 'Recommencer à zéro',
  asSaved: 'Revenir à la version enregistrée',
  kept: 'Brouillon gardé sur cet appareil',
  travelling: 'Les fichiers sont encore en route : le travail pourra être donné dès qu’ils sont arrivés.',
  failed: 'Un fichier n’est pas arrivé : renvoyez-le ou retirez-le.',
  notLoaded: 'Le travail n’est pas arrivé',
  again: 'Réessayer',
}

const en: Words<typeof fr> = {
  newTitle: 'Set homework',
  editTitle: 'Edit homework',
  toClass: (title) => `for ${title}`,
  title: 'Title',
  body: 'What to do',
  bodyHint: 'What is asked, with which documents, in how much time.',
  files: 'Attach a document or a video',
  filesTitle: 'Documents and videos',
  due: 'Due',
  offer: { lesson: 'Next lesson', tomorrow: 'Tomorrow', week: 'In a week' },
  date: 'Date',
  time: 'Time',
  how: 'How',
  handIn: 'To hand in',
  noHandIn: 'To do, not handed in',
  handInText: 'Pupils hand in text or files and keep a receipt.',
  noHandInText: 'Pupils tick it off when it is done.',
  lesson: 'Set in',
  noLesson: 'No lesson in particular',
  submit: 'Set for the class',
  save: 'Save',
  cancel: 'Cancel',
  set: (title) => `“${title}” is set: the class sees it.`,
  saved: 'Changes saved: the class sees them.',
  withdraw: 'Withdraw this homework',
  withdrawn: (title) => `“${title}” is withdrawn. Copies are kept.`,
  restored: (title) => `“${title}” is back.`,
  draftBack: 'Your draft was waiting on this device.',
  startAgain: 'Start again',
  asSaved: 'Back to the saved version',
  kept: 'Draft kept on this device',
  travelling: 'Files are still on their way: the homework can be set once they have arrived.',
  failed: 'A file did not arrive: send it again or remove it.',
  notLoaded: 'The homework did not arrive',
  again: 'Try again',
}

export const assignTexts = texts(fr, en)

const frSentences: Sentences = {
  'homework.due-in-past': 'Cette date est passée. Choisissez un moment à venir.',
  'homework.title-missing': 'Il manque un titre.',
  'homework.lesson-unknown': 'Ce cours n’est plus à l’emploi du temps. Choisissez-en un autre, ou aucun.',
  'homework.already-handed-in':
    'Des copies sont déjà remises : ce travail reste « à rendre ». Le reste peut changer.',
  'homework.withdrawn': 'Ce travail a été retiré. Rétablissez-le avant de le modifier.',
  'homework.nobody': 'Choisissez au moins un élève, ou toute la classe.',
  'homework.pupil-unknown':
    'Un des élèves n’est pas, ou plus, dans cette classe. Rien n’a changé : revoyez votre choix.',
  'homework.published-after-due': 'Publiez-le avant la date à laquelle il est à faire.',
  'homework.published-already': 'La classe le voit déjà. Retirez-le plutôt ; il peut être rétabli.',
  'homework.changed-meanwhile':
    'Ce travail vient d’être modifié par quelqu’un d’autre. Votre version est gardée ici.',
  'extension.not-later': 'Choisissez une date après celle de la classe.',
  absent: 'Ce travail n’existe pas, ou n’est pas le vôtre.',
}
const enSentences: Sentences = {
  'homework.due-in-past': 'This date has passed. Choose a moment to come.',
  'homework.title-missing': 'A title is missing.',
  'homework.lesson-unknown': 'This lesson is no longer in the timetable. Choose another one, or none.',
  'homework.already-handed-in': 'Copies are in already: this stays “to hand in”. The rest may change.',
  'homework.withdrawn': 'This homework was withdrawn. Bring it back before editing it.',
  'homework.nobody': 'Choose at least one pupil, or the whole class.',
  'homework.pupil-unknown':
    'One of the pupils is not, or no longer, in this class. Nothing has changed: look at your choice again.',
  'homework.published-after-due': 'Publish it before it is due.',
  'homework.published-already': 'The class sees it already. Withdraw it instead; it can be brought back.',
  'homework.changed-meanwhile': 'Somebody else has just changed this homework. Your version is kept here.',
  'extension.not-later': 'Choose a date after the class’s.',
  absent: 'This homework does not exist, or is not yours.',
}

/** What a refusal about setting homework says. */
export const assignSentences = texts(frSentences, enSentences)
