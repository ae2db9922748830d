// Words of the codes of several classes at once.

import { counted, texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'
import type { CodesRun } from '../../codes/contract.ts'

const fr = {
  title: 'Codes d’activation',
  intro:
    'Un code pour chaque personne qui n’a encore jamais activé son compte. Les comptes actifs ne changent pas.',
  who: 'Pour qui',
  whose: { student: 'Élèves', guardian: 'Responsables' },
  guardianNote:
    'Une fiche par responsable, dans la classe d’un de ses enfants. Un responsable qui ne doit rien voir d’un enfant n’en reçoit pas à ce titre. À remettre sous enveloppe fermée.',
  classes: 'Classes',
  all: 'Toutes les classes',
  waiting: (n: number, of: number) =>
    `${n.toLocaleString('fr')} sur ${of.toLocaleString('fr')} sans compte actif`,
  done: 'Tous actifs',
  working: (n: number) =>
    n > 1
      ? `${n.toLocaleString('fr')} personnes travaillent aussi dans un établissement\u00a0: leur code se fait une par une, dans «\u00a0Comptes\u00a0».`
      : 'Une personne travaille aussi dans un établissement\u00a0: son code se fait dans «\u00a0Comptes\u00a0».',
  make: (n: number) => `Faire ${counted('fr', n, 'code', 'codes')}`,
  pick: 'Choisissez au moins une classe où un code manque.',
  tooMany: (most: number) =>
    `Plus de ${most.toLocaleString('fr')} codes en une fois\u00a0: choisissez moins de classes.`,
  sure: (n: number) => `Faire ${counted('fr', n, 'code', 'codes')}\u00a0?`,
  pages: (n: number) =>
    `Environ ${counted('fr', n, 'page', 'pages')} à imprimer, chaque classe sur les siennes. Valables 30 jours.`,
  ending: (n: number, on: string) =>
    n > 1
      ? `${n.toLocaleString('fr')} fiches déjà faites et pas encore utilisées (les dernières le ${on}) ne serviront plus\u00a0: elles sont à jeter.`
      : `Une fiche déjà faite et pas encore utilisée (le ${on}) ne servira plus\u00a0: elle est à jeter.`,
  history: 'Codes faits depuis 30 jours',
  run: ({ made, audience, title, classes }: CodesRun) =>
    `${audience === 'student' ? counted('fr', made, 'code d’élève', 'codes d’élèves') : counted('fr', made, 'code de responsable', 'codes de responsables')}, ${
      title ?? (classes ? counted('fr', classes, 'classe', 'classes') : 'tout l’établissement')
    }`,
  runEnded: (n: number) =>
    n > 1
      ? `${n.toLocaleString('fr')} fiches plus anciennes ne servent plus`
      : 'une fiche plus ancienne ne sert plus',
  once: 'Les codes ne s’affichent qu’une fois. Imprimez-les ou enregistrez-les aussitôt.',
  go: 'Faire les codes',
  cancel: 'Annuler',
  again: 'Réessayer',
  none: 'Aucune classe',
  noneText: 'Les classes et leurs élèves viennent du fichier de l’annuaire.',
  allActive: 'Tout le monde a activé son compte.',
  sentences: {
    'codes.too-many': ({ most }) =>
      `Plus de ${Number(most).toLocaleString('fr')} codes en une fois\u00a0: choisissez moins de classes. Aucun code n’a été fait.`,
    'codes.made-meanwhile':
      'Entre-temps, quelqu’un a fait des codes pour ces personnes. Aucun n’a été changé\u00a0: relisez le nombre, puis décidez.',
  } as Sentences,
}

const en: Words<typeof fr> = {
  title: 'Activation codes',
  intro: 'A code for everybody who never activated their account. Active accounts do not change.',
  who: 'For whom',
  whose: { student: 'Pupils', guardian: 'Guardians' },
  guardianNote:
    'One slip for each guardian, in the class of one of their children. A guardian who may see nothing of a child gets none for that child. Hand them over in a closed envelope.',
  classes: 'Classes',
  all: 'All classes',
  waiting: (n, of) => `${n.toLocaleString('en')} of ${of.toLocaleString('en')} without an active account`,
  done: 'All active',
  working: (n) =>
    n > 1
      ? `${n.toLocaleString('en')} people also work at a school: their codes are made one by one, in “Accounts”.`
      : 'One person also works at a school: their code is made in “Accounts”.',
  make: (n) => `Make ${counted('en', n, 'code', 'codes')}`,
  pick: 'Choose at least one class where a code is missing.',
  tooMany: (most) => `More than ${most.toLocaleString('en')} codes at once: choose fewer classes.`,
  sure: (n) => `Make ${counted('en', n, 'code', 'codes')}?`,
  pages: (n) =>
    `About ${counted('en', n, 'page', 'pages')} to print, each class on its own. Valid for 30 days.`,
  ending: (n, on) =>
    n > 1
      ? `${n.toLocaleString('en')} slips that are out and not used yet (the last made on ${on}) stop working: throw them away.`
      : `One slip that is out and not used yet (made on ${on}) stops working: throw it away.`,
  history: 'Codes made in the last 30 days',
  run: ({ made, audience, title, classes }) =>
    `${audience === 'student' ? counted('en', made, 'pupil’s code', 'pupils’ codes') : counted('en', made, 'guardian’s code', 'guardians’ codes')}, ${
      title ?? (classes ? counted('en', classes, 'class', 'classes') : 'the whole school')
    }`,
  runEnded: (n) =>
    n > 1 ? `${n.toLocaleString('en')} earlier slips stopped working` : 'one earlier slip stopped working',
  once: 'The codes are shown only once. Print or save them at once.',
  go: 'Make the codes',
  cancel: 'Cancel',
  again: 'Try again',
  none: 'No classes',
  noneText: 'Classes and their pupils come from the directory file.',
  allActive: 'Everybody has activated their account.',
  sentences: {
    'codes.too-many': ({ most }) =>
      `More than ${Number(most).toLocaleString('en')} codes at once: choose fewer classes. None was made.`,
    'codes.made-meanwhile':
      'Meanwhile somebody made codes for these people. None was changed: read the number again, then decide.',
  } as Sentences,
}

export const schoolCodesTexts = texts(fr, en)
