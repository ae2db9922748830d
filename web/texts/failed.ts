// Words for an address that leads nowhere and for a page that did not come.
import { texts, type Words } from './language.svelte.ts'

const fr = {
  goHome: 'Aller à aujourd’hui',
  notFound: 'Rien à cette adresse',
  notFoundText: 'La page a peut-être changé de place, ou elle n’est pas pour vous.',
  notLoaded: 'La page n’est pas arrivée',
  notLoadedText: 'La connexion s’est coupée ou Préau vient d’être mis à jour. Rien n’est perdu.',
  reload: 'Recharger',
}

const en: Words<typeof fr> = {
  goHome: 'Go to today',
  notFound: 'Nothing at this address',
  notFoundText: 'The page may have moved, or it is not for you.',
  notLoaded: 'The page did not arrive',
  notLoadedText: 'The line was cut, or Préau has just been updated. Nothing is lost.',
  reload: 'Reload',
}

export const failedTexts = texts(fr, en)
