// Words of a school's classes.
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  diary: 'Cahier',
  diaryOf: (name: string) => `Cahier de textes, ${name}`,
  title: 'Classes',
  search: 'Chercher une classe, une matière, un professeur',
  which: 'Quelles classes',
  homerooms: (n: number) => `Classes (${n.toLocaleString('fr')})`,
  groups: (n: number) => `Groupes (${n.toLocaleString('fr')})`,
  pupils: (n: number) => counted('fr', n, 'élève', 'élèves'),
  noPupils: 'Aucun élève',
  noTeacher: 'Sans professeur',
  teachers: (n: number) => counted('fr', n, 'professeur', 'professeurs'),
  without: (n: number) => `${n.toLocaleString('fr')} sans mot de passe`,
  all: 'Tous ont un mot de passe',
  summary: (n: number) =>
    n
      ? `${counted('fr', n, 'élève', 'élèves')} sans mot de passe. Ouvrez une classe pour faire et imprimer ses codes.`
      : 'Tous les élèves ont un mot de passe.',
  accounts: 'Chercher un compte',
  schools: 'Établissement',
  none: 'Pas encore de classe',
  noneText: 'Les classes viennent du fichier de l’annuaire. Elles s’affichent dès qu’il est importé.',
  nothing: 'Aucune classe ne correspond',
  nothingText: 'Essayez avec moins de lettres, ou regardez parmi les groupes.',
  found: (n: number) => counted('fr', n, 'classe trouvée', 'classes trouvées'),
  again: 'Réessayer',
}

const en: Words<typeof fr> = {
  diary: 'Diary',
  diaryOf: (name) => `Class diary, ${name}`,
  title: 'Classes',
  search: 'Find a class, a subject or a teacher',
  which: 'Which classes',
  homerooms: (n) => `Classes (${n.toLocaleString('en')})`,
  groups: (n) => `Groups (${n.toLocaleString('en')})`,
  pupils: (n) => counted('en', n, 'pupil', 'pupils'),
  noPupils: 'No pupils',
  noTeacher: 'No teacher',
  teachers: (n) => counted('en', n, 'teacher', 'teachers'),
  without: (n) => `${n.toLocaleString('en')} without a password`,
  all: 'All have a password',
  summary: (n) =>
    n
      ? `${counted('en', n, 'pupil', 'pupils')} without a password. Open a class to make and print its codes.`
      : 'Every pupil has a password.',
  accounts: 'Find an account',
  schools: 'School',
  none: 'No classes yet',
  noneText: 'Classes come from the directory file. They show here once it is imported.',
  nothing: 'No class matches',
  nothingText: 'Try fewer letters, or look among the groups.',
  found: (n) => counted('en', n, 'class found', 'classes found'),
  again: 'Try again',
}

export const classesTexts = texts(fr, en)
