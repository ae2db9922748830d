// The shell's words in English.
import { shellTexts } from './shell.ts'

shellTexts.english({
  home: 'Préau, today',
  skip: 'Skip to content',
  main: 'Main navigation',
  today: 'Today',
  week: 'Week',
  work: 'Work',
  documents: 'Documents',
  children: 'Children',
  classes: 'Classes',
  accounts: 'Accounts',
  school: 'Office',
  myClasses: 'My classes',
  ok: 'All is well',
  away: 'Reduced service',
  offline: 'Offline',
  menu: (name) => `${name}’s menu`,
  me: 'My account',
  loading: 'Loading…',
})
