// Words for a lesson's entry that two have written.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  changed: (name: string, when: string) => `${name} a modifié ce texte (${when}). Le vôtre est gardé ici.`,
  colleague: 'Un collègue',
  changedByYou: (when: string) =>
    `Vous avez enregistré un autre texte (${when}), dans une autre fenêtre ou sur un autre appareil.`,
  gone: 'Ce texte a été retiré du cahier entre-temps. Le vôtre est gardé ici.',
  theirs: 'Enregistré',
  yours: 'Le vôtre',
  onDay: 'Montré le jour du cours',
  document: (names: string) => `Documents\u00a0: ${names}`,
  keepMine: 'Enregistrer le mien',
  takeTheirs: 'Prendre l’autre',
  leaveGone: 'Le laisser retiré',
  together: 'Réunir les deux',
  taken: 'Le texte enregistré a remplacé le vôtre ici.',
  joined: 'Les deux textes sont réunis\u00a0: relisez, puis enregistrez.',
  choose: 'Choisissez d’abord le texte à garder.',
}

const en: Words<typeof fr> = {
  changed: (name, when) => `${name} has changed this entry (${when}). Your text is kept here.`,
  colleague: 'A colleague',
  changedByYou: (when) => `You have saved another text (${when}), in another window or on another device.`,
  gone: 'This entry was taken out of the diary meanwhile. Your text is kept here.',
  theirs: 'Saved',
  yours: 'Yours',
  onDay: 'Shown on the lesson’s day',
  document: (names) => `Documents: ${names}`,
  keepMine: 'Save mine',
  takeTheirs: 'Take the other one',
  leaveGone: 'Leave it out',
  together: 'Put both together',
  taken: 'The saved text has taken the place of yours here.',
  joined: 'Both texts are put together: read them once more, then save.',
  choose: 'First choose which text to keep.',
}

export const writingTexts = texts(fr, en)
