// Words of marks typed in the grid, of a piece's figures, and of what the grid shows.
import { deName } from '#web/texts/french.ts'
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  markOf: (pupil: string) => `Note ${deName(pupil)}`,
  givenBack: 'Cette copie est rendue : Entrée l’ouvre, pour changer ce que l’élève voit.',
  undone: (mark: string) => (mark ? `Note remise à ${mark}.` : 'Note effacée.'),
  kept: 'La note est gardée sur cet appareil : ouvrez la copie pour la retrouver.',
  unsent: 'pas encore enregistré',
  toChoose: 'quelqu’un a enregistré autre chose, Entrée pour choisir',
  unfit: 'pas sur le barème, Entrée pour corriger',
  alreadySeen: 'La copie est rendue : l’élève verra tout de suite la note que vous choisissez.',
  later: 'Décider plus tard',
  figures: (mean: string, median: string) => `moy. ${mean} · méd. ${median}`,
  figuresSaid: (mean: string, median: string, n: number) =>
    `moyenne ${mean}, médiane ${median}, sur ${n} notes`,
  outOfSaid: (mark: string, of: string) => `${mark} sur ${of}`,
  round: (n: number) => `${n}ᵉ`,
  tools: 'Ce que montre le tableau',
  class: 'Classe',
  sight: 'Copies à montrer',
  everything: 'Tout',
  toMark: 'À noter',
  missing: 'Non remis',
  jump: 'Aller à un travail…',
  nothing: { all: '', 'to-mark': 'Rien à noter', missing: 'Tout est remis' },
  nothingText: 'Aucune copie de cette classe n’est dans ce cas.',
  showAll: 'Tout montrer',
  keys: 'Tapez une note pour noter, Entrée ou flèche pour continuer, Ctrl + Z pour annuler : rien n’est rendu avant que vous le décidiez. Flèches pour se déplacer, Entrée pour ouvrir, Espace pour choisir une copie prête.',
}

const en: Words<typeof fr> = {
  markOf: (pupil) => `Mark of ${pupil}`,
  givenBack: 'This copy is given back: Enter opens it, to change what the pupil sees.',
  undone: (mark) => (mark ? `The mark is ${mark} again.` : 'Mark cleared.'),
  kept: 'The mark is kept on this device: open the copy to find it.',
  unsent: 'not saved yet',
  toChoose: 'somebody saved something else, Enter to choose',
  unfit: 'not on the scale, Enter to correct',
  alreadySeen: 'The copy is given back: the pupil will see the mark that you choose at once.',
  later: 'Decide later',
  figures: (mean, median) => `mean ${mean} · median ${median}`,
  figuresSaid: (mean, median, n) => `mean ${mean}, median ${median}, of ${n} marks`,
  outOfSaid: (mark, of) => `${mark} out of ${of}`,
  round: (n) => `#${n}`,
  tools: 'What the table shows',
  class: 'Class',
  sight: 'Copies to show',
  everything: 'All',
  toMark: 'To mark',
  missing: 'Not handed in',
  jump: 'Go to homework…',
  nothing: { all: '', 'to-mark': 'Nothing to mark', missing: 'Everything is handed in' },
  nothingText: 'No copy of this class is in that case.',
  showAll: 'Show all',
  keys: 'Type a mark to mark, Enter or an arrow to go on, Ctrl + Z to undo: nothing is given back until you decide it. Arrows to move, Enter to open, Space to choose a copy that is ready.',
}

export const typingTexts = texts(fr, en)
