// Words about files: on their way, and attached to something.

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
}

export const documentTexts = texts(fr, en)

const frSentences: Sentences = {
  'file.too-large': 'Ce fichier est trop lourd : 2 Go au plus. Il en faut une version plus légère.',
  'file.length-missing': 'Ce fichier n’a pas pu être lu. À choisir à nouveau.',
  'file.empty': 'Ce fichier est vide. À vérifier, puis à choisir à nouveau.',
  'file.not-yours': 'Un des fichiers n’est plus là. À retirer et à ajouter à nouveau.',
  'file.disk-full': 'Le serveur n’a plus de place pour ce fichier. À réessayer plus tard.',
  'file.unreadable':
    'Ce fichier n’est plus lisible : il a changé ou n’est plus sur l’appareil. À choisir à nouveau.',
}
const enSentences: Sentences = {
  'file.too-large': 'This file is too large: 2 GB at most. Try a lighter version.',
  'file.length-missing': 'This file could not be read. Choose it again.',
  'file.empty': 'This file is empty. Check it, then choose it again.',
  'file.not-yours': 'One of the files is gone. Remove it and add it again.',
  'file.disk-full': 'The server has no room left. Try again later.',
  'file.unreadable': 'This file cannot be read any more: it changed or left the device. Choose it again.',
}

/** What a refusal about a file says. */
export const fileSentences = texts(frSentences, enSentences)
