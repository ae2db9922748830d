// Words for a day that is not as usual.
import { texts, type Words } from '#web/texts/language.svelte.ts'

const fr = {
  over: 'La journée est finie',
  overText: (tu: boolean) => (tu ? 'Tu n’as plus cours aujourd’hui.' : 'Plus de cours aujourd’hui.'),
  noLessons: 'Pas de cours aujourd’hui',
  noLessonsAtAll: 'Aucun cours en vue',
  noLessonsAtAllText: 'L’emploi du temps n’annonce rien pour les jours qui viennent.',
  nextDay: (day: string) => `Prochain jour de cours : ${day}`,
  dayMissing: 'La journée n’est pas encore arrivée',
  dayMissingText: 'Rien n’est perdu. Nouvel essai tout seul dans un instant.',
  remote: 'Cours à distance',
  remoteDay: (day: string) => `le ${day}`,
  away: (tu: boolean) =>
    tu
      ? 'Le préau est ouvert : ta journée est là. Ce que tu as remis et coché revient tout seul.'
      : 'Le préau est ouvert : la journée est là. Le reste revient tout seul.',
  offline: (tu: boolean) =>
    tu
      ? 'Tu es hors ligne. Voici ta journée, gardée sur cet appareil ; tes coches partiront au retour du réseau.'
      : 'Vous êtes hors ligne. Voici la journée, gardée sur cet appareil.',
}

const en: Words<typeof fr> = {
  over: 'The day is over',
  overText: () => 'No more lessons today.',
  noLessons: 'No lessons today',
  noLessonsAtAll: 'No lessons ahead',
  noLessonsAtAllText: 'The timetable has nothing for the coming days.',
  nextDay: (day) => `Next school day: ${day}`,
  dayMissing: 'The day has not arrived yet',
  dayMissingText: 'Nothing is lost. It tries again by itself in a moment.',
  remote: 'Lessons at a distance',
  remoteDay: (day) => `on ${day}`,
  away: (tu) =>
    tu
      ? 'The roof is open: your day is here. What you handed in and ticked comes back by itself.'
      : 'The roof is open: the day is here. The rest comes back by itself.',
  offline: (tu) =>
    tu
      ? 'You are offline. Here is your day, kept on this device; your ticks leave when the line is back.'
      : 'You are offline. Here is the day, kept on this device.',
}

export const noteTexts = texts(fr, en)
