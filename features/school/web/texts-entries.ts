// Words of the entries of a school's own page: a title, and what one finds there.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  title: 'L’établissement',
  schools: 'Établissement',
  noSchool: 'Aucun établissement',
  noSchoolText: 'Cette page est pour la direction et le secrétariat d’un établissement.',
  remoteOn: 'Les cours sont à distance',
  entries: {
    missing: [
      'Qui ne s’est pas connecté',
      'Par classe, avec les responsables à appeler\u00a0; à imprimer ou à exporter.',
    ],
    absences: ['Absences et remplacements', 'Professeurs absents, cours à couvrir d’abord.'],
    remote: [
      'Cours à distance',
      'Fermeture de l’établissement ou de quelques classes\u00a0: prévoir, annoncer, arrêter.',
    ],
    classes: ['Classes et groupes', 'Effectifs, professeurs, comptes de chaque classe.'],
    codes: ['Codes d’activation', 'Plusieurs classes en une impression, élèves ou responsables.'],
    accounts: ['Comptes', 'Chercher une personne, lui refaire un code.'],
    import: [
      'Import de l’annuaire',
      'Déposer le fichier, lire l’essai, appliquer\u00a0; l’emploi du temps aussi.',
    ],
    scales: ['Barèmes et résultats', 'Sur quoi l’on note\u00a0; les notes rendues au format OneRoster.'],
    storage: ['Place et fichiers', 'Qui garde combien, les limites, les fichiers mis à l’écart.'],
    feeds: ['Mon agenda', 'Votre emploi du temps dans l’agenda de votre téléphone.'],
    settings: ['Réglages', 'Ce que l’établissement permet.'],
  },
}

const en: Words<typeof fr> = {
  title: 'The school',
  schools: 'School',
  noSchool: 'No school',
  noSchoolText: 'This page is for the head and the office of a school.',
  remoteOn: 'Lessons are at a distance',
  entries: {
    missing: ['Who has not connected', 'By class, with the guardians to call; to print or export.'],
    absences: ['Absences and cover', 'Teachers who are absent, lessons without cover first.'],
    remote: ['Lessons at a distance', 'The school or some classes closed: plan, announce, end.'],
    classes: ['Classes and groups', 'Sizes, teachers, the accounts of each class.'],
    codes: ['Activation codes', 'Several classes in one print, pupils or guardians.'],
    accounts: ['Accounts', 'Find somebody, make them a new code.'],
    import: ['Directory import', 'Drop the file, read the trial, apply it; the timetable too.'],
    scales: ['Scales and results', 'What work is marked on; marks given back as OneRoster.'],
    storage: ['Space and files', 'Who keeps how much, the limits, files that were set aside.'],
    feeds: ['My calendar', 'Your timetable in your phone’s calendar.'],
    settings: ['Settings', 'What the school allows.'],
  },
}

export const entryTexts = texts(fr, en)
