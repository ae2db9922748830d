// Words of handing in: before, on the way, and with the receipt in hand.
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  title: 'Ta copie',
  titleOther: 'La copie',
  atDistance: 'La classe est à distance\u00a0: tu peux aussi remettre ici ce qui se fait sur papier.',
  text: 'Ta réponse',
  textHint: 'Gardée sur cet appareil pendant que tu écris.',
  files: 'Ajouter des fichiers à ta copie',
  submit: 'Remettre ma copie',
  submitLate: 'Remettre en retard',
  replaceSubmit: 'Remplacer ma copie',
  filesTravel: (n: number) =>
    `${counted('fr', n, 'fichier est', 'fichiers sont')} encore en route. Tu pourras remettre dès ${n > 1 ? 'leur' : 'son'} arrivée.`,
  filesFailed: 'Un fichier n’est pas arrivé : réessaie ou retire-le.',
  empty: 'Écris une réponse ou ajoute un fichier.',
  lateWarning:
    'L’heure est passée. Ta copie sera acceptée et marquée « en retard » ; tu ne pourras plus la remplacer ensuite.',
  untilDue: (left: string) => `Encore ${left} pour remettre à l’heure.`,
  sending: 'En cours d’envoi…',
  waiting:
    'Pas encore remis. Ta copie est gardée sur cet appareil et part toute seule dès que la connexion revient : laisse cette page ouverte.',
  cancelSend: 'Annuler l’envoi',
  handedIn: (when: string) => `Remis ${when}`,
  handedInLate: (when: string) => `Remis en retard, ${when}`,
  receipt: 'Télécharger l’accusé de remise',
  receiptText:
    'L’accusé prouve ce qui a été remis et quand. Il est signé : n’importe qui peut le vérifier, même sans Préau.',
  replace: 'Remplacer ma copie',
  replaceUntil: (due: string) => `Tu peux la remplacer jusqu’à l’heure de remise : ${due}.`,
  closed: 'L’heure est passée : cette copie ne change plus.',
  closedGiven: 'Ta copie est corrigée : elle ne change plus.',
  keepOld: 'Garder la copie remise',
  confirmTitle: 'Remplacer ta copie ?',
  confirmText: (when: string) =>
    `Celle remise ${when} laisse la place à la nouvelle. Son accusé reste valable et les deux sont gardées.`,
  confirm: 'Remplacer',
  cancel: 'Annuler',
  done: 'Ta copie est remise.',
  noText: 'Pas de texte, seulement les fichiers.',
  draftBack: 'Ton brouillon est revenu : il était gardé sur cet appareil.',
}

const en: Words<typeof fr> = {
  title: 'Your copy',
  titleOther: 'The copy',
  atDistance: 'The class is at a distance: you can also hand in here what is done on paper.',
  text: 'Your answer',
  textHint: 'Kept on this device while you write.',
  files: 'Add files to your copy',
  submit: 'Hand in',
  submitLate: 'Hand in late',
  replaceSubmit: 'Replace my copy',
  filesTravel: (n) =>
    `${counted('en', n, 'file is', 'files are')} still on the way. You can hand in once there.`,
  filesFailed: 'A file has not arrived: try again or remove it.',
  empty: 'Write an answer or add a file.',
  lateWarning:
    'The time is over. Your copy will be accepted and marked “late”; you cannot replace it afterwards.',
  untilDue: (left) => `${left} left to hand in on time.`,
  sending: 'Sending…',
  waiting:
    'Not handed in yet. Your copy is kept on this device and leaves by itself once the line is back: keep this page open.',
  cancelSend: 'Cancel sending',
  handedIn: (when) => `Handed in ${when}`,
  handedInLate: (when) => `Handed in late, ${when}`,
  receipt: 'Download the signed receipt',
  receiptText:
    'The receipt proves what was handed in and when. It is signed: anybody can verify it, even without Préau.',
  replace: 'Replace my copy',
  replaceUntil: (due) => `You can replace it until it is due: ${due}.`,
  closed: 'The time is over: this copy no longer changes.',
  closedGiven: 'Your copy was marked: it no longer changes.',
  keepOld: 'Keep what was handed in',
  confirmTitle: 'Replace your copy?',
  confirmText: (when) =>
    `The one handed in ${when} makes way for the new one. Its receipt stays valid and both are kept.`,
  confirm: 'Replace',
  cancel: 'Cancel',
  done: 'Your copy is handed in.',
  noText: 'No text, only the files.',
  draftBack: 'Your draft is back: it was kept on this device.',
}

export const handInTexts = texts(fr, en)

const frSentences: Sentences = {
  'submission.closed':
    'Cette copie ne change plus : l’heure est passée ou elle est corrigée. Ce qui a été remis est gardé.',
  'submission.empty': 'Ta copie est vide. Écris une réponse ou ajoute un fichier.',
  'homework.withdrawn': 'Le professeur a retiré ce travail. Ton texte reste ici si tu veux le copier.',
  'homework.no-hand-in': 'Le professeur ne demande plus de copie pour ce travail. Ton texte reste ici.',
  'homework.hand-in-asked': 'Ce travail se remet maintenant. Recharge la page pour voir comment.',
  'file.not-yours': 'Un des fichiers n’est plus là. Retire-le et ajoute-le à nouveau.',
  'request.too-large': 'Ton texte est trop long. Mets-le dans un fichier, par exemple.',
  absent: 'Ce travail n’est plus pour toi : tu as peut-être changé de groupe. Parles-en à ton professeur.',
}
const enSentences: Sentences = {
  'submission.closed':
    'This copy no longer changes: the time is over or it was given back. What was handed in is safe.',
  'submission.empty': 'Your copy is empty. Write an answer or add a file.',
  'homework.withdrawn': 'The teacher withdrew this work. Your text stays here if you want to copy it.',
  'homework.no-hand-in': 'The teacher no longer asks for a copy. Your text stays here.',
  'homework.hand-in-asked': 'This work is now to be handed in. Reload the page to see how.',
  'file.not-yours': 'One of the files is gone. Remove it and add it again.',
  'request.too-large': 'Your text is too long. Put it into a file, for instance.',
  absent: 'This work is no longer for you: perhaps your group has changed. Ask your teacher.',
}

/** What a refused hand-in says. */
export const handInSentences = texts(frSentences, enSentences)
