// Words about files: on their way, and attached to something.

import { bytesText } from '#web/texts/amounts.ts'
import { texts, type Words } from '#web/texts/language.svelte.ts'
import type { Sentences } from '#web/texts/sentences.ts'

const fr = {
  files: 'Fichiers',
  kinds: {
    image: 'Image',
    video: 'Vidéo',
    audio: 'Son',
    pdf: 'PDF',
    text: 'Texte',
    document: 'Document',
    sheet: 'Tableur',
    slides: 'Diaporama',
    archive: 'Archive',
    other: 'Fichier',
  },
  download: 'Télécharger',
  downloads: (name: string) => `Télécharger ${name}`,
  noVideo: 'Ce navigateur ne lit pas cette vidéo. Pour la regarder, il faut la télécharger.',
  preparing: 'Préparation…',
  queued: 'Attend son tour',
  sent: 'Arrivé',
  cut: 'Coupé, reprend tout seul',
  percent: (n: number) => `${n}\u00a0%`,
  progress: (name: string) => `Envoi de ${name}`,
  cancel: (name: string) => `Arrêter l’envoi de ${name}`,
  remove: (name: string) => `Retirer ${name}`,
  again: 'Réessayer',
  chooseAgain: 'La page s’est fermée pendant l’envoi. À choisir encore une fois : l’envoi reprendra.',
  many: (most: number) => `${most} fichiers au plus.`,
  sentChecking: 'Arrivé, en cours de vérification',
  checking: 'En cours de vérification\u00a0: lisible dans un instant',
  checkingOwn: 'en cours de vérification',
  setAside: 'Virus trouvé\u00a0: ce fichier est mis à l’écart. Il faut en demander un autre.',
  setAsideOwn:
    'Virus trouvé\u00a0: ce fichier est mis à l’écart. À remplacer par une version saine. Il reste avec le travail, pour qu’on sache ce qui a été rendu.',
  unchecked: 'trop lourd pour être vérifié',
  room: (used: string, quota: string) => `Place utilisée\u00a0: ${used} sur ${quota}`,
}

const en: Words<typeof fr> = {
  files: 'Files',
  kinds: {
    image: 'Image',
    video: 'Video',
    audio: 'Sound',
    pdf: 'PDF',
    text: 'Text',
    document: 'Document',
    sheet: 'Spreadsheet',
    slides: 'Slides',
    archive: 'Archive',
    other: 'File',
  },
  download: 'Download',
  downloads: (name) => `Download ${name}`,
  noVideo: 'This browser cannot play this video. Download it to watch it.',
  preparing: 'Getting ready…',
  queued: 'Waiting its turn',
  sent: 'Arrived',
  cut: 'Cut off, goes on by itself',
  percent: (n) => `${n}%`,
  progress: (name) => `Sending ${name}`,
  cancel: (name) => `Stop sending ${name}`,
  remove: (name) => `Remove ${name}`,
  again: 'Try again',
  chooseAgain: 'Interrupted when the page closed: choose it once more and the sending goes on.',
  many: (most) => `${most} files at most.`,
  sentChecking: 'Arrived, being checked',
  checking: 'Being checked: it can be read in a moment',
  checkingOwn: 'being checked',
  setAside: 'A virus was found: this file was set aside. Ask for another one.',
  setAsideOwn:
    'A virus was found: this file was set aside. Replace it by a clean version. It stays with the work, so that it is known what was handed in.',
  unchecked: 'too large to be checked',
  room: (used, quota) => `Space used: ${used} of ${quota}`,
}

export const documentTexts = texts(fr, en)

const amount = (value: unknown) => bytesText(Number(value) || 0)

const frSentences: Sentences = {
  'server.files-away':
    'Le lieu où les fichiers sont gardés ne répond pas. Rien n’est perdu\u00a0: l’envoi reprendra tout seul.',
  'file.being-checked': 'Ce fichier est en cours de vérification. Il sera lisible dans un instant.',
  'file.infected': 'Un virus a été trouvé dans ce fichier\u00a0: il est mis à l’écart.',
  'file.not-set-aside': 'Ce fichier n’est plus mis à l’écart\u00a0: il peut de nouveau être ouvert.',
  'file.handed-in':
    'Ce fichier a été rendu avec un travail\u00a0: il y reste, sans que personne puisse l’ouvrir, pour qu’on sache ce qui a été rendu et quand.',
  'quota.person-full': ({ used, limit, needed }) =>
    `Il n’y a plus assez de place\u00a0: ${amount(used)} utilisés sur ${amount(limit)}, et ce fichier en demande ${amount(needed)}. Il faut supprimer des documents, ou demander plus de place à l’établissement.`,
  'quota.school-full': ({ used, limit }) =>
    `L’établissement n’a plus de place\u00a0: ${amount(used)} utilisés sur ${amount(limit)}. À signaler à l’établissement\u00a0; les travaux à rendre passent toujours.`,
  'quota.hand-ins-full': ({ limit }) =>
    `Plus de ${amount(limit)} attendent déjà d’être rendus. Rendre d’abord ces travaux, ou envoyer une version plus légère.`,
  'file.too-large': 'Ce fichier est trop lourd : 2 Go au plus. Il en faut une version plus légère.',
  'file.length-missing': 'Ce fichier n’a pas pu être lu. À choisir à nouveau.',
  'file.empty': 'Ce fichier est vide. À vérifier, puis à choisir à nouveau.',
  'file.not-yours': 'Un des fichiers n’est plus là. À retirer et à ajouter à nouveau.',
  'file.disk-full': 'Le serveur n’a plus de place pour ce fichier. À réessayer plus tard.',
  'file.unreadable':
    'Ce fichier n’est plus lisible : il a changé ou n’est plus sur l’appareil. À choisir à nouveau.',
}
const enSentences: Sentences = {
  'server.files-away':
    'The place where files are kept does not answer. Nothing is lost: the sending goes on by itself.',
  'file.being-checked': 'This file is being checked. It can be read in a moment.',
  'file.infected': 'A virus was found in this file: it was set aside.',
  'file.not-set-aside': 'This file is no longer set aside: it can be opened again.',
  'file.handed-in':
    'This file was handed in with a piece of work: it stays there, and nobody can open it, so that it is known what was handed in and when.',
  'quota.person-full': ({ used, limit, needed }) =>
    `There is not enough space left: ${amount(used)} of ${amount(limit)} are used, and this file needs ${amount(needed)}. Delete some documents, or ask the school for more space.`,
  'quota.school-full': ({ used, limit }) =>
    `The school has no space left: ${amount(used)} of ${amount(limit)} are used. Tell the school; homework can still be handed in.`,
  'quota.hand-ins-full': ({ limit }) =>
    `More than ${amount(limit)} are already waiting to be handed in. Hand those in first, or send a lighter version.`,
  'file.too-large': 'This file is too large: 2 GB at most. Try a lighter version.',
  'file.length-missing': 'This file could not be read. Choose it again.',
  'file.empty': 'This file is empty. Check it, then choose it again.',
  'file.not-yours': 'One of the files is gone. Remove it and add it again.',
  'file.disk-full': 'The server has no room left. Try again later.',
  'file.unreadable': 'This file cannot be read any more: it changed or left the device. Choose it again.',
}

/** What a refusal about a file says. */
export const fileSentences = texts(frSentences, enSentences)
