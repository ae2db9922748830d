// Words of marking: scales and their refusals, rubrics, kept remarks, rounds, and two who save at once.
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  outOf: (n: string) => `sur ${n}`,
  allowed: 'ou abs, disp, non rendu',
  oneOf: (codes: string) => `${codes} ; ou abs, disp, non rendu`,
  tooHigh: (n: string) => `Ce barème va jusqu’à ${n}.`,
  tooFine: (steps: string) => `Ce barème compte par ${steps}.`,
  step: {
    1: 'points entiers',
    0.5: 'demi-points',
    0.25: 'quarts de point',
    0.1: 'dixièmes de point',
  } as Record<number, string>,
  or: ' ou ',
  unreadable: 'Écrivez un nombre, ou abs, disp, non rendu.',
  noLevel: (codes: string) => `Ce barème a ${codes}, ou abs, disp, non rendu.`,
  notAsked: 'Ce travail n’est pas noté. L’appréciation suffit.',
  rubric: 'Grille d’évaluation',
  rubricSum: (points: string, of: string) => `${points} sur ${of} points`,
  rubricOpen: (n: number) => counted('fr', n, 'critère à remplir', 'critères à remplir'),
  takeMark: (mark: string) => `Reprendre ${mark}, d’après la grille`,
  overruled: (mark: string) => `La grille donne ${mark} : vous avez noté autrement.`,
  points: (n: string) => `${n} pt`,
  remarks: 'Vos appréciations gardées',
  findRemark: 'Insérer une appréciation',
  findHint: 'Tapez quelques mots, puis Entrée',
  keepThis: 'Garder cette appréciation',
  kept: 'Appréciation gardée : vous la retrouverez pour les prochaines copies.',
  noRemarks: 'Rien de gardé encore. Écrivez une appréciation, puis gardez-la.',
  editRemark: 'Modifier',
  forget: 'Oublier',
  forgotten: 'Appréciation oubliée.',
  save: 'Enregistrer',
  cancel: 'Annuler',
  words: 'Appréciation',
  meanwhile: (by: string, at: string) =>
    `${by} a enregistré entre-temps, ${at}. Rien n’est écrasé : choisissez.`,
  meanwhileYou: (at: string) =>
    `Vous avez enregistré dans un autre onglet, ${at}. Rien n’est écrasé : choisissez.`,
  meanwhileEmptied: 'Ce qui était enregistré a été effacé entre-temps.',
  theirs: 'Enregistré',
  yours: 'Ici',
  noMark: 'sans note',
  keepTheirs: 'Garder ce qui est enregistré',
  keepYours: 'Enregistrer ma version',
  round: (n: number) => `${n}ᵉ remise`,
  firstRound: '1ʳᵉ remise',
  againUntil: (when: string) => `à refaire pour ${when}`,
  earlier: 'Remises précédentes',
  setup: 'Barème et grille',
  receipt: 'Accusé de cette remise',
}

const en: Words<typeof fr> = {
  outOf: (n) => `out of ${n}`,
  allowed: 'or absent, exempt, missing',
  oneOf: (codes) => `${codes}; or absent, exempt, missing`,
  tooHigh: (n) => `This scale goes up to ${n}.`,
  tooFine: (steps) => `This scale counts in ${steps}.`,
  step: { 1: 'whole points', 0.5: 'half points', 0.25: 'quarter points', 0.1: 'tenths of a point' },
  or: ' or ',
  unreadable: 'Write a number, or absent, exempt, missing.',
  noLevel: (codes) => `This scale has ${codes}, or absent, exempt, missing.`,
  notAsked: 'This work has no mark. Feedback is enough.',
  rubric: 'Rubric',
  rubricSum: (points, of) => `${points} of ${of} points`,
  rubricOpen: (n) => counted('en', n, 'criterion to fill', 'criteria to fill'),
  takeMark: (mark) => `Take ${mark}, from the rubric`,
  overruled: (mark) => `The rubric gives ${mark}: you have marked otherwise.`,
  points: (n) => `${n} pt`,
  remarks: 'Your kept comments',
  findRemark: 'Insert a comment',
  findHint: 'Type a few words, then Enter',
  keepThis: 'Keep this comment',
  kept: 'Comment kept: you will find it for the next copies.',
  noRemarks: 'Nothing kept yet. Write feedback, then keep it.',
  editRemark: 'Edit',
  forget: 'Forget',
  forgotten: 'Comment forgotten.',
  save: 'Save',
  cancel: 'Cancel',
  words: 'Comment',
  meanwhile: (by, at) => `${by} saved meanwhile, ${at}. Nothing is overwritten: choose.`,
  meanwhileYou: (at) => `You saved in another tab, ${at}. Nothing is overwritten: choose.`,
  meanwhileEmptied: 'What was saved has been cleared meanwhile.',
  theirs: 'Saved',
  yours: 'Here',
  noMark: 'no mark',
  keepTheirs: 'Keep what is saved',
  keepYours: 'Save mine',
  round: (n) => `Hand-in ${n}`,
  firstRound: 'Hand-in 1',
  againUntil: (when) => `to do again by ${when}`,
  earlier: 'Earlier hand-ins',
  setup: 'Scale and rubric',
  receipt: 'Receipt of this hand-in',
}

export const markingTexts = texts(fr, en)

const frSentences: Sentences = {
  'mark.too-high': 'Cette note dépasse le barème. Rien n’a changé : corrigez-la.',
  'mark.unreadable': 'Cette note n’est pas sur le barème. Écrivez un nombre, ou abs, disp, non rendu.',
  'mark.too-fine': 'Cette note est plus fine que le barème. Arrondissez-la.',
  'mark.no-level': 'Ce niveau n’est pas sur le barème. Choisissez-en un autre.',
  'mark.not-asked': 'Ce travail n’est pas noté. Laissez la note vide, ou changez le barème.',
  'scale.changed-meanwhile':
    'Quelqu’un a changé les barèmes entre-temps. Rien n’est écrasé\u00a0: voici la liste telle qu’elle est, recommencez.',
  'scale.level-twice': 'Deux niveaux de ce barème ont le même nom.',
  'scale.title-twice': 'Deux barèmes ont le même nom.',
  'scale.level-named-as-word':
    'Un niveau ne peut pas s’appeler abs, disp ou non rendu : ces mots tiennent lieu de note.',
  'rubric.level-unknown':
    'La grille a changé entre-temps. Rechargez la copie : ce que vous avez écrit est gardé.',
  'rubric.criterion-twice': 'Un critère figure deux fois dans la grille.',
  'rubric.given-back': 'Des élèves ont déjà vu leur grille remplie : elle reste telle quelle.',
  'remark.too-many': 'Vous gardez déjà 500 appréciations. Oubliez-en une d’abord.',
  'remark.empty': 'Écrivez d’abord une appréciation.',
  'again.until-passed': 'Cette date est passée. Choisissez un moment à venir.',
  'again.nothing-to-do-again':
    'Seule une copie lue peut être à refaire : enregistrez d’abord une note ou une appréciation pour la dernière version. Rien n’a été rendu.',
}
const enSentences: Sentences = {
  'mark.too-high': 'This mark is above the scale. Nothing changed: correct it.',
  'mark.unreadable': 'This mark is not on the scale. Write a number, or absent, exempt, missing.',
  'mark.too-fine': 'This mark is finer than the scale. Round it.',
  'mark.no-level': 'This level is not on the scale. Choose another one.',
  'mark.not-asked': 'This work has no mark. Leave it empty, or change the scale.',
  'scale.changed-meanwhile':
    'Somebody changed the scales meanwhile. Nothing is overwritten: this is the list as it is, try again.',
  'scale.level-twice': 'Two levels of this scale have the same name.',
  'scale.title-twice': 'Two scales have the same name.',
  'scale.level-named-as-word':
    'A level cannot be called absent, exempt or missing: these words stand for no mark.',
  'rubric.level-unknown': 'The rubric changed meanwhile. Reload the copy: what you wrote is kept.',
  'rubric.criterion-twice': 'A criterion stands twice in the rubric.',
  'rubric.given-back': 'Pupils have seen their filled rubric: it stays as it is.',
  'remark.too-many': 'You keep 500 comments already. Forget one first.',
  'remark.empty': 'Write a comment first.',
  'again.until-passed': 'This date has passed. Choose a moment to come.',
  'again.nothing-to-do-again':
    'Only a copy that was read can be done again: save a mark or feedback for the latest version first. Nothing was given back.',
}

/** What a refusal about marks, scales and rubrics says. */
export const markingSentences = texts(frSentences, enSentences)
