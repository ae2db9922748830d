// Words of the larger components, which come with the pages that use them.
import { texts, type Words } from './language.svelte.ts'

const fr = {
  undo: 'Annuler',
  file: {
    drop: 'Déposez des fichiers ici',
    dropOne: 'ou déposez-le ici',
    choose: 'Choisir des fichiers',
    photo: 'Prendre une photo',
    remove: (name: string) => `Retirer ${name}`,
    sending: (name: string) => `Envoi de ${name}`,
    pause: (name: string) => `Suspendre ${name}`,
    waiting: 'En attente de connexion, reprend tout seul',
    sent: 'Envoyé',
    failed: 'Pas envoyé',
    tooLarge: 'Trop lourd',
  },
  password: { show: 'Voir le mot de passe', hide: 'Cacher le mot de passe' },
  editor: {
    tools: 'Mise en forme',
    bold: 'Gras',
    italic: 'Italique',
    list: 'Liste',
    numbered: 'Liste numérotée',
    heading: 'Titre',
    link: 'Lien',
    linkAddress: 'Adresse du lien',
    linkRemove: 'Retirer le lien',
    formula: 'Formule',
    apply: 'Appliquer',
    undo: 'Annuler',
    redo: 'Rétablir',
  },
  loading: 'Chargement…',
}

const en: Words<typeof fr> = {
  undo: 'Undo',
  file: {
    drop: 'Drop files here',
    dropOne: 'or drop it here',
    choose: 'Choose files',
    photo: 'Take a photo',
    remove: (name) => `Remove ${name}`,
    sending: (name) => `Sending ${name}`,
    pause: (name) => `Pause ${name}`,
    waiting: 'Waiting for the connection, goes on by itself',
    sent: 'Sent',
    failed: 'Not sent',
    tooLarge: 'Too large',
  },
  password: { show: 'Show the password', hide: 'Hide the password' },
  editor: {
    tools: 'Formatting',
    bold: 'Bold',
    italic: 'Italic',
    list: 'List',
    numbered: 'Numbered list',
    heading: 'Heading',
    link: 'Link',
    linkAddress: 'Address of the link',
    linkRemove: 'Remove the link',
    formula: 'Formula',
    apply: 'Apply',
    undo: 'Undo',
    redo: 'Redo',
  },
  loading: 'Loading…',
}

export const partTexts = texts(fr, en)
