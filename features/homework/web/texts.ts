// Words of a pupil's work: the list and one piece of homework.
import { deName } from '#web/texts/french.ts'
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  title: 'Travail',
  whose: 'Choisir le travail à montrer',
  me: 'Moi',
  ofSeveral: 'Ce travail concerne plusieurs personnes de votre famille. Vous voyez celui de\u00a0:',
  child: (n: number) => `Enfant ${n}`,
  show: 'Montrer',
  filters: {
    todo: (n: number) => (n ? `À faire · ${n}` : 'À faire'),
    handed: (n: number) => (n ? `Faits · ${n}` : 'Faits'),
    back: (n: number) => (n ? `Corrigés · ${n}` : 'Corrigés'),
  },
  groups: {
    overdue: 'En retard',
    today: 'Aujourd’hui',
    tomorrow: 'Demain',
    week: 'Cette semaine',
    next: 'La semaine prochaine',
    later: 'Plus tard',
    unticked: 'Passé, pas coché',
  },
  old: (n: number) =>
    `${counted('fr', n, 'travail ancien', 'travaux anciens')}, jamais ${n > 1 ? 'cochés' : 'coché'}`,
  none: {
    todo: (tu: boolean) => (tu ? 'Rien à faire, profite !' : 'Rien à faire pour le moment.'),
    todoText: 'Le travail donné par les professeurs s’affiche ici.',
    handed: 'Rien de fait pour l’instant',
    handedText: (tu: boolean) =>
      tu
        ? 'Ce que tu coches et ce que tu remets se retrouve ici.'
        : 'Ce qui est coché et remis se retrouve ici.',
    back: 'Rien de corrigé pour l’instant',
    backText: (tu: boolean) =>
      tu
        ? 'Tes copies corrigées arrivent ici, avec la note et les remarques.'
        : 'Les copies corrigées arrivent ici, avec la note et les remarques.',
  },
  more: (n: number) => `Montrer ${n} de plus`,
  state: { done: 'fait', 'handed-in': 'remis', 'given-back': 'corrigé', 'to-do': 'à faire' },
  handedInLate: 'remis en retard',
  handIn: 'à rendre',
  documents: (n: number) => counted('fr', n, 'document', 'documents'),
  tick: (title: string) => `Fait : ${title}`,
  ticked: 'C’est fait.',
  unticked: 'Remis à faire.',
  tickKept: 'Gardé sur cet appareil, envoyé dès que possible',
  markDone: 'Marquer comme fait',
  isDone: 'C’est fait',
  back: 'Tout le travail',
  diary: 'Cahier de textes',
  history: 'Notes',
  due: 'À faire pour',
  dueHandIn: 'À rendre pour',
  setOn: (day: string) => `donné ${day}`,
  takes: (time: string) => `environ ${time}`,
  extended: 'Délai accordé',
  word: (word: string) => `« ${word} »`,
  extendedText: (was: string) => `Délai accordé. Pour la classe : ${was}.`,
  noBody: 'Pas de consigne écrite.',
  gone: 'Ce travail a été retiré',
  goneText: 'Le professeur l’a retiré. Il n’y a plus rien à faire ici.',
  given: 'Correction',
  markLabel: 'Note',
  givenOn: (when: string) => `Rendu ${when}`,
  forChild: (name: string) => `Travail ${deName(name)}`,
  toHandInBy: (name: string) => `${name} n’a encore rien remis.`,
  wasHandedIn: 'La copie est remise.',
  notHandedIn: 'Rien n’a été remis.',
  withheld:
    'L’établissement vous montre les travaux à faire et s’ils sont remis, sans les copies, les notes et les appréciations. Adressez-vous à lui pour en savoir plus.',
  noneYet: 'Rien n’a encore été remis.',
  notLoaded: 'Le travail n’est pas arrivé',
  again: 'Réessayer',
}

const en: Words<typeof fr> = {
  title: 'Work',
  whose: 'Choose whose work to show',
  me: 'Me',
  ofSeveral: 'Several of your family have this work. You see the work of:',
  child: (n) => `Child ${n}`,
  show: 'Show',
  filters: {
    todo: (n) => (n ? `To do · ${n}` : 'To do'),
    handed: (n) => (n ? `Done · ${n}` : 'Done'),
    back: (n) => (n ? `Given back · ${n}` : 'Given back'),
  },
  groups: {
    overdue: 'Overdue',
    today: 'Today',
    tomorrow: 'Tomorrow',
    week: 'This week',
    next: 'Next week',
    later: 'Later',
    unticked: 'Past, not ticked',
  },
  old: (n) => `${counted('en', n, 'older piece of work', 'older pieces of work')}, never ticked`,
  none: {
    todo: () => 'Nothing to do. Enjoy!',
    todoText: 'Work set by the teachers shows here.',
    handed: 'Nothing done yet',
    handedText: (tu) =>
      tu ? 'What you tick and hand in is found here.' : 'What is ticked and handed in is found here.',
    back: 'Nothing given back yet',
    backText: (tu) =>
      tu
        ? 'Your marked work arrives here, with mark and feedback.'
        : 'Marked work arrives here, with mark and feedback.',
  },
  more: (n) => `Show ${n} more`,
  state: { done: 'done', 'handed-in': 'handed in', 'given-back': 'given back', 'to-do': 'to do' },
  handedInLate: 'handed in late',
  handIn: 'to hand in',
  documents: (n) => counted('en', n, 'document', 'documents'),
  tick: (title) => `Done: ${title}`,
  ticked: 'Done.',
  unticked: 'Back to do.',
  tickKept: 'Kept on this device, sent as soon as possible',
  markDone: 'Mark as done',
  isDone: 'Done',
  back: 'All work',
  diary: 'Class diary',
  history: 'Marks',
  due: 'To do for',
  dueHandIn: 'To hand in by',
  setOn: (day) => `set ${day}`,
  takes: (time) => `about ${time}`,
  extended: 'More time',
  word: (word) => `“${word}”`,
  extendedText: (was) => `More time given. For the class: ${was}.`,
  noBody: 'No written instructions.',
  gone: 'This work was withdrawn',
  goneText: 'The teacher has withdrawn it. There is nothing left to do here.',
  given: 'Feedback',
  markLabel: 'Mark',
  givenOn: (when) => `Given back ${when}`,
  forChild: (name) => `${name}’s work`,
  toHandInBy: (name) => `${name} has not handed in anything yet.`,
  wasHandedIn: 'The copy is handed in.',
  notHandedIn: 'Nothing was handed in.',
  withheld:
    'The school shows you what is due and whether it was handed in, without copies, marks and feedback. Ask the school to know more.',
  noneYet: 'Nothing has been handed in yet.',
  notLoaded: 'The work has not arrived',
  again: 'Try again',
}

export const workTexts = texts(fr, en)
