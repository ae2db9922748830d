// Words of sign-in and activation. Who is there is not known yet, so they address nobody; pupils are said "tu" once known.
import { texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const refusalsFr: Sentences = {
  'sign-in.wrong':
    'Identifiant ou mot de passe inconnu. Vérifiez la casse, puis recommencez ; le professeur ou l’établissement peut donner un nouveau code.',
  'sign-in.wait': 'Plusieurs essais ont échoué. Par sécurité, il faut attendre un peu avant le suivant.',
  'sign-in.busy':
    'Beaucoup de monde arrive en même temps. Nouvel essai tout seul dans quelques secondes, rien à faire.',
  'activation.unknown':
    'Ce code n’est pas connu. Relisez-le sur la feuille : lettres et chiffres, sans souci des tirets.',
  'activation.expired':
    'Ce code a expiré ou a déjà servi. Le professeur principal ou l’établissement peut en donner un autre.',
  'password.too-short': 'C’est trop court : au moins 8 caractères.',
  'password.too-common':
    'Ce mot de passe est trop facile à deviner. Trois mots au hasard font un bon mot de passe.',
  'password.is-the-name': 'Le mot de passe ne doit pas contenir le nom ou l’identifiant.',
}
const refusalsEn: Sentences = {
  'sign-in.wrong':
    'User name or password not known. Check capitals and try again; a teacher or the school can give a new code.',
  'sign-in.wait': 'Several tries failed. For safety, wait a little before the next one.',
  'sign-in.busy':
    'Many people are arriving at once. It tries again by itself in a few seconds, nothing to do.',
  'activation.unknown':
    'This code is not known. Read it again from the sheet: letters and digits, dashes do not matter.',
  'activation.expired': 'This code has expired or was used. The form teacher or the school can give another.',
  'password.too-short': 'Too short: at least 8 characters.',
  'password.too-common': 'This password is too easy to guess. Three random words make a good one.',
  'password.is-the-name': 'The password must not contain the name or the user name.',
}

const fr = {
  title: 'Connexion',
  welcome: 'Bienvenue sous le préau',
  intro: 'La journée de classe, le travail et les documents.',
  username: 'Identifiant',
  usernameHint: 'Par exemple lea.diop',
  password: 'Mot de passe',
  enter: 'Se connecter',
  entering: 'Connexion…',
  waitSeconds: (s: number) => `Encore ${s} s`,
  haveCode: 'J’ai un code',
  haveCodeText:
    'Première fois, ou mot de passe oublié ? Le code est sur la feuille donnée par l’établissement.',
  whoIsIt: 'Qui est là ?',
  other: 'Quelqu’un d’autre',
  adding: 'Ajouter une personne',
  addingText: 'Chacun garde sa journée ; rien de l’un ne se voit chez l’autre.',
  back: 'Retour',
  missing: 'Ce champ est vide.',
  activate: 'Première connexion',
  codeTitle: 'Le code de la feuille',
  codeText: 'Recopier le code tel qu’il est écrit. Majuscules et tirets n’ont pas d’importance.',
  code: 'Code',
  next: 'Continuer',
  hello: (name: string) => `Bonjour ${name}`,
  place: (school: string, group: string | null) => (group ? `${group} · ${school}` : school),
  yourName: (tu: boolean) => (tu ? 'Ton identifiant' : 'Votre identifiant'),
  remember: (tu: boolean) =>
    tu ? 'Note-le : tu en auras besoin pour revenir.' : 'Notez-le : il vous servira pour revenir.',
  choose: (tu: boolean) => (tu ? 'Choisis un mot de passe' : 'Choisissez un mot de passe'),
  chooseHint: (tu: boolean) =>
    tu
      ? '8 caractères au moins. Trois mots que tu retiens, par exemple.'
      : '8 caractères au moins. Trois mots faciles à retenir, par exemple.',
  finish: 'C’est parti',
  notMe: (tu: boolean) => (tu ? 'Ce n’est pas toi ?' : 'Ce n’est pas vous ?'),
  refusals: refusalsFr,
}

const en: Words<typeof fr> = {
  title: 'Sign in',
  welcome: 'Welcome under the roof',
  intro: 'The school day, the work and the documents.',
  username: 'User name',
  usernameHint: 'For example lea.diop',
  password: 'Password',
  enter: 'Sign in',
  entering: 'Signing in…',
  waitSeconds: (s) => `${s} s to go`,
  haveCode: 'I have a code',
  haveCodeText: 'First time, or password forgotten? The code is on the sheet from the school.',
  whoIsIt: 'Who is there?',
  other: 'Somebody else',
  adding: 'Add somebody',
  addingText: 'Everyone keeps their own day; nobody sees anything of another.',
  back: 'Back',
  missing: 'This field is empty.',
  activate: 'First sign-in',
  codeTitle: 'The code on the sheet',
  codeText: 'Copy the code as it is written. Capitals and dashes do not matter.',
  code: 'Code',
  next: 'Continue',
  hello: (name) => `Hello ${name}`,
  place: (school, group) => (group ? `${group} · ${school}` : school),
  yourName: () => 'Your user name',
  remember: () => 'Write it down: you need it to come back.',
  choose: () => 'Choose a password',
  chooseHint: () => 'At least 8 characters. Three words you remember, for example.',
  finish: 'Let’s go',
  notMe: () => 'Not you?',
  refusals: refusalsEn,
}

export const accountsTexts = texts(fr, en)
