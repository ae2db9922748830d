// Words of the page on which a school decides what each guardian sees.
import { deName } from '#web/texts/french.ts'
import { texts } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  title: 'Responsables',
  titleOf: (name: string) => `Responsables ${deName(name)}`,
  intro:
    'Ce que chaque responsable voit de cet enfant. Par défaut, tout. À restreindre quand une décision de justice, ou les parents d’un commun accord, le demandent : le motif ne s’écrit pas ici.',
  sees: (name: string) => `Ce que voit ${name}`,
  levels: { all: 'Tout', day: 'La journée', nothing: 'Rien' },
  means: {
    all: 'Emploi du temps, cahier de textes, travaux, copies, notes et appréciations ; peut refaire le code de l’enfant.',
    day: 'Emploi du temps, cahier de textes, travaux à faire et s’ils sont remis. Ni copies, ni notes, ni appréciations.',
    nothing: 'L’enfant n’apparaît pas dans son compte.',
  },
  decided: (by: string | null, when: string) => (by ? `Décidé par ${by}, ${when}` : `Décidé ${when}`),
  never: 'Jamais restreint',
  done: (name: string, level: string) => `${name} : ${level}`,
  askTitle: (name: string) => `Ne plus rien montrer à ${name} ?`,
  askText: (child: string) =>
    `${child} disparaît de son compte à l’instant, et ses appareils sont déconnectés. Vous pourrez revenir sur cette décision.`,
  hide: 'Ne plus rien montrer',
  backTitle: (name: string) => `Montrer de nouveau cet enfant à ${name} ?`,
  backText: 'Ses appareils sont déconnectés : l’enfant apparaît à la prochaine connexion.',
  show: 'Montrer',
  cancel: 'Annuler',
  none: 'Aucun responsable connu',
  noneText: 'Les responsables viennent du fichier de l’annuaire. Complétez-le, puis refaites un import.',
  notLoaded: 'La liste n’a pas pu être lue',
  again: 'Réessayer',
  back: 'Comptes',
  refusals: {
    'guardian.own-child':
      'Il s’agit de votre propre enfant : un autre membre de l’administration doit décider.',
    'guardian.decided-meanwhile':
      'Quelqu’un d’autre vient de décider autrement. La page montre ce qui vaut maintenant : choisissez de nouveau si besoin.',
  } as Sentences,
}

const en: typeof fr = {
  title: 'Guardians',
  titleOf: (name) => `Guardians of ${name}`,
  intro:
    'What each guardian sees of this child. By default, everything. Restrict it when a court, or the parents in agreement, ask for it: the reason is not written down here.',
  sees: (name) => `What ${name} sees`,
  levels: { all: 'Everything', day: 'The school day', nothing: 'Nothing' },
  means: {
    all: 'Timetable, diary, homework, copies, marks and feedback; may make a new code for the child.',
    day: 'Timetable, diary, homework that is due and whether it was handed in. No copies, marks or feedback.',
    nothing: 'The child does not appear in their account.',
  },
  decided: (by, when) => (by ? `Decided by ${by}, ${when}` : `Decided ${when}`),
  never: 'Never restricted',
  done: (name, level) => `${name}: ${level}`,
  askTitle: (name) => `Show nothing more to ${name}?`,
  askText: (child) =>
    `${child} disappears from their account at once, and their devices are signed out. You can take this decision back.`,
  hide: 'Show nothing',
  backTitle: (name) => `Show this child to ${name} again?`,
  backText: 'Their devices are signed out: the child appears the next time they sign in.',
  show: 'Show again',
  cancel: 'Cancel',
  none: 'No guardian known',
  noneText: 'Guardians come from the directory file. Complete it and import again.',
  notLoaded: 'The list could not be read',
  again: 'Try again',
  back: 'Accounts',
  refusals: {
    'guardian.own-child': 'This is your own child: somebody else of the administration has to decide.',
    'guardian.decided-meanwhile':
      'Somebody else has just decided otherwise. The page shows what holds now: choose again if need be.',
  },
}

export const guardiansTexts = texts(fr, en)
