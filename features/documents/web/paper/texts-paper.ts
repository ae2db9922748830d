// Words around pages that are shown: PDFs, copies, previews.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  zoomIn: 'Agrandir',
  zoomOut: 'Réduire',
  fit: 'Toute la largeur',
  pages: 'Pages',
  page: (n: number, of: number) => `Page ${n} sur ${of}`,
  broken: 'Ce fichier est abîmé : il ne peut pas être affiché ici.',
  locked: 'Ce PDF est protégé par un mot de passe : il ne peut pas être affiché ici.',
  offline: 'Les pages ne sont pas arrivées. À réessayer quand la connexion revient.',
  again: 'Réessayer',
  loading: 'Les pages arrivent…',
  making: 'L’aperçu se prépare. Cela prend quelques secondes, une minute au plus.',
  waits: 'L’aperçu attend son tour : d’autres documents passent avant lui.',
  failed: 'Aucun aperçu de ce document n’a pu être fait. Téléchargé, il s’ouvre comme d’habitude.',
  absent: 'Cet établissement ne fait pas d’aperçus de documents. Téléchargé, il s’ouvre comme d’habitude.',
}

const en: Words<typeof fr> = {
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Full width',
  pages: 'Pages',
  page: (n, of) => `Page ${n} of ${of}`,
  broken: 'This file is damaged: it cannot be shown here.',
  locked: 'This PDF is protected by a password: it cannot be shown here.',
  offline: 'The pages have not arrived. Try again once the connection is back.',
  again: 'Try again',
  loading: 'The pages are coming…',
  making: 'The preview is being made. It takes some seconds, a minute at most.',
  waits: 'The preview waits its turn: other documents come before it.',
  failed: 'No preview of this document could be made. Downloaded, it opens as usual.',
  absent: 'This school makes no previews of documents. Downloaded, it opens as usual.',
}

export const paperTexts = texts(fr, en)
