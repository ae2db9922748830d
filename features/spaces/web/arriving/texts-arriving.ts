// Words of what comes into Documents from this device.
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  sending: (done: number, all: number) => `Envoi : ${done} sur ${all}`,
  allSent: (n: number) => `${counted('fr', n, 'fichier arrivé', 'fichiers arrivés')}.`,
  someFailed: (n: number) => counted('fr', n, 'fichier n’est pas arrivé', 'fichiers ne sont pas arrivés'),
  stopAll: 'Tout arrêter',
  states: {
    queued: 'attend son tour',
    sending: 'en route',
    waiting: 'coupé, reprend tout seul',
    done: 'arrivé',
    skipped: 'laissé tel quel',
    failed: 'pas arrivé',
    empty: 'vide\u00a0: rien à garder, laissé de côté',
  },
  chooseAgain: 'La page s’est fermée pendant l’envoi : à choisir encore une fois.',
  clashTitle: (n: number) => `${n}\u00a0fichiers portent un nom déjà pris`,
  clashOne: (name: string) => `« ${name} » est déjà là`,
  clashText: 'Que faire de ce qui arrive\u00a0?',
  clashes: { version: 'Remplacer', both: 'Garder les deux', skip: 'Laisser de côté' },
  clashHints: {
    version: 'Ce qui était là se retrouve dans ses versions.',
    both: 'Celui qui arrive reçoit un numéro.',
    skip: 'Ce qui est là reste tel quel, le reste arrive.',
  },
  clashEach: 'Choisir fichier par fichier',
  clashMore: (n: number) => `Et ${counted('fr', n, 'autre', 'autres')}, selon le choix ci-dessus.`,
  goOn: 'Continuer',
  dropHere: (title: string) => `Déposer dans ${title}`,
  dropNot: 'Ici, on peut lire mais pas ajouter',
  unread: (n: number, name: string) =>
    n > 1
      ? `${n}\u00a0éléments n’ont pas pu être lus sur cet appareil, dont « ${name} ». Les autres arrivent.`
      : `« ${name} » n’a pas pu être lu sur cet appareil. Le reste arrive.`,
  leftOut: (n: number) => `${counted('fr', n, 'laissé tel quel', 'laissés tels quels')}.`,
  again: 'Réessayer',
  cancel: 'Annuler',
  close: 'Fermer',
}

const en: Words<typeof fr> = {
  sending: (done, all) => `Sending: ${done} of ${all}`,
  allSent: (n) => `${counted('en', n, 'file arrived', 'files arrived')}.`,
  someFailed: (n) => counted('en', n, 'file did not arrive', 'files did not arrive'),
  stopAll: 'Stop all',
  states: {
    queued: 'waiting its turn',
    sending: 'on its way',
    waiting: 'cut off, goes on by itself',
    done: 'arrived',
    skipped: 'left as it was',
    failed: 'did not arrive',
    empty: 'empty: nothing to keep, left out',
  },
  chooseAgain: 'Interrupted when the page closed: choose it once more.',
  clashTitle: (n) => `${n}\u00a0files have a name that is taken`,
  clashOne: (name) => `“${name}” is there already`,
  clashText: 'What should become of what comes?',
  clashes: { version: 'Replace', both: 'Keep both', skip: 'Skip' },
  clashHints: {
    version: 'What was there is found among its versions.',
    both: 'The one that comes gets a number.',
    skip: 'What is there stays as it is, the rest arrives.',
  },
  clashEach: 'Choose file by file',
  clashMore: (n) => `And ${counted('en', n, 'more', 'more')}, as chosen above.`,
  goOn: 'Continue',
  dropHere: (title) => `Drop into ${title}`,
  dropNot: 'This can be read, not added to',
  unread: (n, name) =>
    n > 1
      ? `${n}\u00a0items could not be read on this device, “${name}” among them. The others arrive.`
      : `“${name}” could not be read on this device. The rest arrives.`,
  leftOut: (n) => `${n} left as ${n > 1 ? 'they were' : 'it was'}.`,
  again: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
}

export const arrivingTexts = texts(fr, en)
