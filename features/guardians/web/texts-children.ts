// Words of the page of a guardian's children, and of linking what another school calls the same parent.
import { counted, texts } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  title: 'Mes enfants',
  none: 'Aucun enfant pour l’instant',
  noneText:
    'L’établissement indique dans son annuaire qui est responsable de qui. Si un enfant devrait être ici, adressez-vous à lui, ou rattachez le compte d’un autre établissement.',
  overdue: (n: number) => counted('fr', n, 'travail en retard', 'travaux en retard'),
  due: (n: number) =>
    n ? `${counted('fr', n, 'travail', 'travaux')} d’ici sept jours` : 'Rien d’ici sept jours',
  handedIn: (n: number) => counted('fr', n, 'copie remise', 'copies remises'),
  headings: { overdue: 'En retard', due: 'À faire', back: 'Rendu par les professeurs' },
  allWork: 'Tout son travail',
  history: 'Ses notes',
  day: 'Sa journée',
  diary: 'Cahier de textes',
  dayOnly:
    'L’établissement vous montre la journée et les travaux, sans les copies, les notes et les appréciations.',
  notLoaded: 'Son travail n’a pas pu être lu.',
  again: 'Réessayer',

  elsewhere: 'Un enfant dans un autre établissement ?',
  elsewhereText:
    'Rattachez-le à ce compte, avec le code que l’autre établissement vous a donné, ou avec l’identifiant que vous y avez déjà. Une seule connexion suffira ensuite.',
  attach: 'Rattacher un enfant',
  how: 'Avec quoi',
  byCode: 'Un code',
  byName: 'Un identifiant',
  code: 'Code reçu de l’autre établissement',
  username: 'Identifiant dans l’autre établissement',
  password: 'Mot de passe de ce compte-là',
  add: 'Rattacher',
  cancel: 'Annuler',
  added: 'C’est fait : les enfants de cet établissement sont ici.',
  linked: 'Rattachés à ce compte',
  linkedAs: (username: string) => `Vous y êtes ${username}`,
  detach: 'Détacher',
  detachFrom: (school: string) => `Détacher ${school}`,
  detachTitle: (school: string) => `Détacher ${school} ?`,
  detachText:
    'Ses enfants quittent ce compte, et vos autres appareils sont déconnectés. Rien n’est effacé : vous pourrez les rattacher de nouveau avec un nouveau code.',
  detached: 'Détaché. Rien n’est effacé.',
  waitSeconds: (n: number) => `Réessayer dans ${n} s`,
  refusals: {
    'activation.unknown':
      'Ce code n’est pas connu, ou il a déjà servi. Vérifiez-le, ou demandez-en un autre.',
    'activation.expired': 'Ce code a plus de trente jours. L’établissement peut en donner un autre.',
    'sign-in.wrong': 'Identifiant ou mot de passe inconnu. Vérifiez, puis recommencez.',
    'sign-in.wait': 'Trop d’essais. Attendez un instant, puis recommencez.',
    'sign-in.busy': 'Beaucoup de monde se connecte. Réessayez dans quelques secondes.',
    'link.own-account': 'C’est déjà le compte avec lequel vous êtes ici.',
    'link.no-children': 'Ce compte n’est pas celui d’un responsable : il n’amène aucun enfant.',
    'link.taken': 'Ce compte est déjà rattaché à un autre. Si ce n’est pas vous, prévenez l’établissement.',
    'link.part-of-another':
      'Le compte ouvert ici est lui-même rattaché à un autre : connectez-vous avec l’autre, puis recommencez.',
  } as Sentences,
}

const en: typeof fr = {
  title: 'My children',
  none: 'No child yet',
  noneText:
    'The school’s directory says who is a guardian of whom. If a child should be here, ask the school, or link your account of another school.',
  overdue: (n) => counted('en', n, 'piece of work late', 'pieces of work late'),
  due: (n) =>
    n
      ? `${counted('en', n, 'piece of work', 'pieces of work')} within seven days`
      : 'Nothing within seven days',
  handedIn: (n) => counted('en', n, 'copy handed in', 'copies handed in'),
  headings: { overdue: 'Late', due: 'To do', back: 'Given back by teachers' },
  allWork: 'All their work',
  history: 'Their marks',
  day: 'Their day',
  diary: 'Class diary',
  dayOnly: 'The school shows you the day and the work, without copies, marks and feedback.',
  notLoaded: 'Their work could not be read.',
  again: 'Try again',

  elsewhere: 'A child in another school?',
  elsewhereText:
    'Link them to this account, with the code that the other school gave you, or with the user name that you already have there. One sign-in will then do.',
  attach: 'Link a child',
  how: 'With what',
  byCode: 'A code',
  byName: 'A user name',
  code: 'Code from the other school',
  username: 'User name in the other school',
  password: 'Password of that account',
  add: 'Link',
  cancel: 'Cancel',
  added: 'Done: the children of that school are here.',
  linked: 'Linked to this account',
  linkedAs: (username) => `You are ${username} there`,
  detach: 'Unlink',
  detachFrom: (school) => `Unlink ${school}`,
  detachTitle: (school) => `Unlink ${school}?`,
  detachText:
    'Its children leave this account, and your other devices are signed out. Nothing is deleted: you can link them again with a new code.',
  detached: 'Unlinked. Nothing is deleted.',
  waitSeconds: (n) => `Try again in ${n} s`,
  refusals: {
    'activation.unknown': 'This code is not known, or was used. Check it, or ask for another one.',
    'activation.expired': 'This code is more than thirty days old. The school can give another one.',
    'sign-in.wrong': 'Unknown user name or password. Check them and try again.',
    'sign-in.wait': 'Too many tries. Wait a moment and try again.',
    'sign-in.busy': 'Many people are signing in. Try again in a few seconds.',
    'link.own-account': 'This is the account that you are using here.',
    'link.no-children': 'This is not a guardian’s account: no child comes with it.',
    'link.taken': 'This account is linked to another one already. If that is not you, tell the school.',
    'link.part-of-another':
      'The account open here is itself linked to another one: sign in with that one and try again.',
  },
}

export const childrenTexts = texts(fr, en)
