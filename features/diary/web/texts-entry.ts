// Words for writing the diary entry of a lesson.
import { texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  title: 'Cahier de textes',
  body: 'Ce qui a été fait, ce qu’il faut lire',
  files: 'Joindre un document ou une vidéo',
  save: 'Enregistrer',
  update: 'Enregistrer les changements',
  saved: 'Enregistré : la classe le voit.',
  seen: 'La classe voit ceci.',
  savedLater: 'Enregistré\u00a0: la classe le verra le jour du cours.',
  seenLater: 'La classe le verra le jour du cours.',
  ahead: 'Ne montrer à la classe que le jour du cours',
  copy: 'Reporter vers une autre classe',
  notSaved: 'Pas encore enregistré : gardé sur cet appareil, la classe ne le voit pas.',
  saving: 'Enregistrement…',
  travelling: 'Les fichiers sont encore en route.',
  failed: 'Un fichier n’est pas arrivé : renvoyez-le ou retirez-le.',
  withdraw: 'Retirer du cahier',
  withdrawn: 'Retiré du cahier de textes.',
  restored: 'Remis au cahier de textes.',
  none: 'Rien d’écrit pour ce cours.',
  cancelled: 'Ce cours n’a pas lieu : rien à écrire au cahier.',
}

const en: Words<typeof fr> = {
  title: 'Class diary',
  body: 'What was done, what is to be read',
  files: 'Attach a document or a video',
  save: 'Save',
  update: 'Save the changes',
  saved: 'Saved: the class sees it.',
  seen: 'The class sees this.',
  savedLater: 'Saved: the class will see it on the lesson’s day.',
  seenLater: 'The class will see it on the lesson’s day.',
  ahead: 'Show the class only on the lesson’s day',
  copy: 'Carry over to another class',
  notSaved: 'Not saved yet: kept on this device, the class does not see it.',
  saving: 'Saving…',
  travelling: 'Files are still on their way.',
  failed: 'A file did not arrive: send it again or remove it.',
  withdraw: 'Take out of the diary',
  withdrawn: 'Taken out of the diary.',
  restored: 'Back in the diary.',
  none: 'Nothing written for this lesson.',
  cancelled: 'This lesson does not take place: nothing to write in the diary.',
}

export const entryTexts = texts(fr, en)

const frSentences: Sentences = {
  'diary.empty': 'Il n’y a rien à enregistrer : écrivez quelques mots ou joignez un document.',
  'diary.lesson-cancelled': 'Ce cours est annulé : rétablissez-le avant d’écrire. Votre texte est gardé ici.',
  'diary.written-anew': 'Un nouveau texte a été écrit entre-temps : celui-ci reste retiré.',
  'diary.changed-meanwhile':
    'Ce texte a été modifié entre-temps\u00a0: rien n’a été remplacé, le vôtre est gardé ici. Enregistrez à nouveau pour voir les deux.',
  'file.not-yours': 'Un des fichiers n’est plus là : retirez-le et ajoutez-le à nouveau.',
  absent: 'Ce cours n’existe plus à l’emploi du temps, ou n’est pas le vôtre.',
}
const enSentences: Sentences = {
  'diary.empty': 'There is nothing to save: write a few words or attach a document.',
  'diary.lesson-cancelled': 'This lesson is cancelled: bring it back before writing. Your text is kept here.',
  'diary.written-anew': 'Another text was written meanwhile: this one stays out.',
  'diary.changed-meanwhile':
    'This entry was changed meanwhile: nothing was replaced, your text is kept here. Save again to see both.',
  'file.not-yours': 'One of the files is gone: remove it and add it again.',
  absent: 'This lesson is no longer in the timetable, or is not yours.',
}

/** What a refusal about an entry says. */
export const entrySentences = texts(frSentences, enSentences)
