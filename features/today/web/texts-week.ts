// Words of the week.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  previous: 'Semaine précédente',
  following: 'Semaine suivante',
  thisWeek: 'Cette semaine',
  days: 'Jours de la semaine',
  dayFree: 'Pas de cours',
  dueThatDay: 'À faire pour ce jour',
  week: 'Semaine',
  diary: 'Cahier de textes',
  absences: 'Mes absences',
  cancelled: 'annulé',
  absent: 'prof. absent',
  cover: { teacher: 'remplacement', study: 'permanence', home: 'à la maison' },
  moved: 'déplacé',
  room: (room: string) => (/^\d/.test(room) ? `salle ${room}` : room),
  now: 'Maintenant',
}

const en: Words<typeof fr> = {
  previous: 'Previous week',
  following: 'Next week',
  thisWeek: 'This week',
  days: 'Days of the week',
  dayFree: 'No lessons',
  dueThatDay: 'Due that day',
  week: 'Week',
  diary: 'Class diary',
  absences: 'My absences',
  cancelled: 'cancelled',
  absent: 'teacher away',
  cover: { teacher: 'cover', study: 'study hall', home: 'at home' },
  moved: 'moved',
  room: (room) => (/^\d/.test(room) ? `room ${room}` : room),
  now: 'Now',
}

export const weekTexts = texts(fr, en)
