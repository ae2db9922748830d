// Words of the shell, which come with the first screen: few.
import { firstTexts } from './language.svelte.ts'

const fr = {
  home: 'Préau, aujourd’hui',
  skip: 'Aller au contenu',
  main: 'Navigation principale',
  today: 'Aujourd’hui',
  week: 'Semaine',
  work: 'Travail',
  documents: 'Documents',
  children: 'Enfants',
  classes: 'Classes',
  accounts: 'Comptes',
  school: 'Bureau',
  myClasses: 'Mes classes',
  ok: 'Tout fonctionne',
  away: 'Service réduit',
  offline: 'Hors ligne',
  menu: (name: string) => `Menu de ${name}`,
  me: 'Mon compte',
  loading: 'Chargement…',
}

export const shellTexts = firstTexts(fr)
