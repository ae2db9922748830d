// Words of codes and accounts as those see them who hand codes out; and of the slip that is cut out, which says "tu" to pupils.
import { deName } from '#web/texts/french.ts'
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  codes: 'Comptes et codes',
  accounts: 'Comptes',
  allClasses: 'Toutes les classes',
  backToClass: 'Retour à la classe',
  summary: (active: number, of: number) =>
    `${active.toLocaleString('fr')} ${active > 1 ? 'comptes actifs' : 'compte actif'} sur ${of.toLocaleString('fr')}`,
  without: (n: number) => `Sans mot de passe (${n.toLocaleString('fr')})`,
  with: (n: number) => `Avec un compte actif (${n.toLocaleString('fr')})`,
  makeAll: (n: number) => `Faire ${counted('fr', n, 'code', 'codes')}`,
  makeAllTitle: (n: number) => `Faire un code pour ${counted('fr', n, 'élève', 'élèves')} ?`,
  makeAllText:
    'Chaque élève sans mot de passe reçoit un nouveau code, valable 30 jours. Les autres comptes ne changent pas.',
  makeAllOld: (n: number, on: string) =>
    n > 1
      ? `${n.toLocaleString('fr')} fiches déjà faites et pas encore utilisées (les dernières le ${on}) ne serviront plus : jetez-les.`
      : `Une fiche déjà faite et pas encore utilisée (le ${on}) ne servira plus : jetez-la.`,
  lost: {
    offline:
      'La ligne est coupée : on ne sait pas si les codes ont été faits. Réessayez ici même, sans quitter la page : s’ils l’ont été, les mêmes s’affichent et aucun ne change.',
    'workspace.away':
      'Préau ne répond pas : on ne sait pas si les codes ont été faits. Réessayez ici même, sans quitter la page : s’ils l’ont été, les mêmes s’affichent et aucun ne change.',
  } as Sentences,
  makeAllPrint: 'Les codes ne s’affichent qu’une fois. Imprimez-les aussitôt.',
  make: 'Faire les codes',
  makeOne: 'Faire le code',
  newCode: 'Nouveau code',
  newCodeFor: (name: string) => `Nouveau code pour ${name}`,
  resetTitle: (name: string) => `Nouveau code pour ${name} ?`,
  resetActive:
    'Le mot de passe actuel continue de marcher jusqu’à ce que le code serve. Ensuite, un nouveau mot de passe le remplace et tous les appareils connectés à ce compte sont déconnectés.',
  resetMade: 'Le code déjà fait ne servira plus : jetez l’ancienne feuille.',
  resetNone: 'Ce code permet de choisir un mot de passe. Il sert une seule fois, pendant 30 jours.',
  vouch: 'Donnez le code en main propre : vous répondez de l’identité de l’élève.',
  handOver: 'Donnez le code en main propre : qui le tient entre dans ce compte.',
  cancel: 'Annuler',
  states: { active: 'Compte actif', 'code-made': 'Code fait', 'no-code': 'Sans code', disabled: 'Désactivé' },
  until: (date: string) => `Code fait, jusqu’au ${date}`,
  nobody: 'Aucun élève dans cette classe',
  nobodyText: 'Les élèves viennent du fichier de l’annuaire.',
  allActive: 'Tous les élèves ont leur mot de passe.',
  again: 'Réessayer',

  sheetTitle: (n: number) => (n > 1 ? `${n.toLocaleString('fr')} codes à imprimer` : 'Le code'),
  sheetNone: 'Aucun code à faire',
  sheetNoneText: 'Entre-temps, tout le monde a choisi un mot de passe.',
  once: 'Affichés cette seule fois : Préau n’en garde pas de copie. Imprimez-les maintenant ; une fois la page quittée, il faudra en refaire.',
  onlyHere: (address: string) =>
    `Les fiches disent « ${address} » : seul cet ordinateur y arrive. Ouvrez Préau à l’adresse que les élèves utilisent, puis refaites les fiches.`,
  onceOne: 'Affiché cette seule fois : Préau n’en garde pas de copie. Imprimez-le ou recopiez-le maintenant.',
  print: 'Imprimer maintenant',
  saveTable: 'Enregistrer le tableau (CSV)',
  fileName: (title: string) => `Codes ${title}`,
  done: 'Terminé',
  leaveTitle: 'Quitter sans imprimer ?',
  leaveText: 'Les codes ne s’afficheront plus. Rien n’est perdu pour les élèves : vous pourrez en refaire.',
  leave: 'Quitter',

  slip: {
    username: (tu: boolean) => (tu ? 'Ton identifiant' : 'Votre identifiant'),
    code: (tu: boolean) => (tu ? 'Ton code' : 'Votre code'),
    open: (tu: boolean, address: string) => (tu ? `Ouvre ${address}` : `Ouvrez ${address}`),
    type: (tu: boolean) => (tu ? 'Tape ton code.' : 'Tapez votre code.'),
    choose: (tu: boolean) =>
      tu
        ? 'Choisis un mot de passe et garde-le pour toi.'
        : 'Choisissez un mot de passe, gardez-le pour vous.',
    children: (names: string) => `Pour suivre ${names}`,
    until: (date: string) => `Sert une fois, jusqu’au ${date}.`,
  },

  search: 'Nom ou identifiant',
  who: 'Qui',
  everyone: 'Tout le monde',
  whoIs: { student: 'Élèves', guardian: 'Responsables', 'works-here': 'Personnels' },
  class: 'Classe',
  anyClass: 'Toutes',
  state: 'État',
  anyState: 'Tous',
  stateIs: { active: 'Compte actif', waiting: 'Sans mot de passe' },
  found: (n: number) => counted('fr', n, 'compte', 'comptes'),
  many: 'Les 100 premiers. Précisez le nom ou la classe pour voir les autres.',
  none: 'Aucun compte ne correspond',
  noneText: 'Vérifiez l’orthographe, essayez l’identifiant, ou enlevez un filtre.',
  clear: 'Tout effacer',
  roles: {
    student: 'Élève',
    teacher: 'Professeur',
    guardian: 'Responsable',
    administrator: 'Administration',
  },
  staff: 'Personnel',
  guardians: 'Responsables',
  guardiansOf: (name: string) => `Responsables ${deName(name)}`,

  childText: (name: string) =>
    `${name} a oublié son mot de passe, ou n’en a pas encore ? Faites un code : il sert à en choisir un nouveau.`,
  childPrint:
    'Le code ne s’affiche qu’une fois, sur cet écran. Il sert une fois, pendant 30 jours. Un code fait plus tôt et pas encore utilisé ne servira plus.',
}

const en: Words<typeof fr> = {
  codes: 'Accounts and codes',
  accounts: 'Accounts',
  allClasses: 'All classes',
  backToClass: 'Back to the class',
  summary: (active, of) =>
    `${active.toLocaleString('en')} of ${counted('en', of, 'account', 'accounts')} active`,
  without: (n) => `Without a password (${n.toLocaleString('en')})`,
  with: (n) => `With an active account (${n.toLocaleString('en')})`,
  makeAll: (n) => `Make ${counted('en', n, 'code', 'codes')}`,
  makeAllTitle: (n) => `Make a code for ${counted('en', n, 'pupil', 'pupils')}?`,
  makeAllText:
    'Every pupil without a password gets a new code, valid for 30 days. The other accounts do not change.',
  makeAllOld: (n, on) =>
    n > 1
      ? `${n.toLocaleString('en')} slips that are out and not used yet (the last made on ${on}) stop working: throw them away.`
      : `One slip that is out and not used yet (made on ${on}) stops working: throw it away.`,
  lost: {
    offline:
      'The line is cut: whether the codes were made is not known. Try again right here, without leaving the page: if they were, the same ones are shown and none changes.',
    'workspace.away':
      'Préau does not answer: whether the codes were made is not known. Try again right here, without leaving the page: if they were, the same ones are shown and none changes.',
  } as Sentences,
  makeAllPrint: 'The codes are shown only once. Print them at once.',
  make: 'Make the codes',
  makeOne: 'Make the code',
  newCode: 'New code',
  newCodeFor: (name) => `New code for ${name}`,
  resetTitle: (name) => `A new code for ${name}?`,
  resetActive:
    'The present password works until the code is used. Then a new password replaces it, and every device signed in to this account is signed out.',
  resetMade: 'The code made earlier stops working: throw the old sheet away.',
  resetNone: 'With this code they choose a password. It works once, within 30 days.',
  vouch: 'Hand the code over in person: you vouch for who the pupil is.',
  handOver: 'Hand the code over in person: whoever holds it gets into this account.',
  cancel: 'Cancel',
  states: { active: 'Account active', 'code-made': 'Code made', 'no-code': 'No code', disabled: 'Disabled' },
  until: (date) => `Code made, until ${date}`,
  nobody: 'No pupils in this class',
  nobodyText: 'Pupils come from the directory file.',
  allActive: 'Every pupil has a password.',
  again: 'Try again',

  sheetTitle: (n) => (n > 1 ? `${n.toLocaleString('en')} codes to print` : 'The code'),
  sheetNone: 'No codes to make',
  sheetNoneText: 'Meanwhile everybody has chosen a password.',
  once: 'Shown this once: Préau keeps no copy. Print them now; once you leave the page you would have to make new ones.',
  onlyHere: (address) =>
    `The slips say “${address}”, which leads here from this computer alone. Open Préau at the address that pupils use, then make the slips again.`,
  onceOne: 'Shown this once: Préau keeps no copy. Print it or copy it down now.',
  print: 'Print now',
  saveTable: 'Save as a table (CSV)',
  fileName: (title) => `Codes ${title}`,
  done: 'Done',
  leaveTitle: 'Leave without printing?',
  leaveText: 'The codes will not be shown again. Nothing is lost: you can make new ones.',
  leave: 'Leave',

  slip: {
    username: () => 'Your user name',
    code: () => 'Your code',
    open: (_, address) => `Open ${address}`,
    type: () => 'Type your code.',
    choose: () => 'Choose a password and keep it to yourself.',
    children: (names) => `To follow ${names}`,
    until: (date) => `Works once, until ${date}.`,
  },

  search: 'Name or user name',
  who: 'Who',
  everyone: 'Everybody',
  whoIs: { student: 'Pupils', guardian: 'Guardians', 'works-here': 'Staff' },
  class: 'Class',
  anyClass: 'All',
  state: 'State',
  anyState: 'All',
  stateIs: { active: 'Account active', waiting: 'Without a password' },
  found: (n) => counted('en', n, 'account', 'accounts'),
  many: 'The first 100. Narrow the name or class down to see others.',
  none: 'No account matches',
  noneText: 'Check the spelling, try the user name, or remove a filter.',
  clear: 'Clear all',
  roles: { student: 'Pupil', teacher: 'Teacher', guardian: 'Guardian', administrator: 'Administration' },
  staff: 'Staff',
  guardians: 'Guardians',
  guardiansOf: (name) => `Guardians of ${name}`,

  childText: (name) =>
    `${name} forgot the password, or has none yet? Make a code: with it they choose a new one.`,
  childPrint:
    'The code is shown only once, on this screen. It works once, within 30 days. A code made earlier and not used yet stops working.',
}

export const codesTexts = texts(fr, en)
