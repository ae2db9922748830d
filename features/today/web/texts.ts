// Words of today and of the week. Pupils are said "tu", grown-ups "vous".
import { counted, texts, type Words } from '#web/texts/language.svelte.ts'

const span = (minutes: number, h = 'h') =>
  minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} ${h}${minutes % 60 ? ` ${String(minutes % 60).padStart(2, '0')}` : ''}`

const fr = {
  title: 'Aujourd’hui',
  hello: (name: string, evening: boolean) => `${evening ? 'Bonsoir' : 'Bonjour'}${name ? ` ${name}` : ''}`,
  now: 'Maintenant',
  then: (what: string, at: string) => `Ensuite : ${what}, ${at}`,
  last: 'Dernier cours de la journée',
  first: (tu: boolean) => (tu ? 'Ta journée commence' : 'La journée commence'),
  afterPause: 'Après la pause',
  in: (minutes: number) => `dans ${span(minutes)}`,
  left: (minutes: number) => (minutes <= 1 ? 'se termine' : `encore ${span(minutes)}`),
  over: 'La journée est finie',
  overText: (tu: boolean) => (tu ? 'Tu n’as plus cours aujourd’hui.' : 'Plus de cours aujourd’hui.'),
  noLessons: 'Pas de cours aujourd’hui',
  noLessonsAtAll: 'Aucun cours en vue',
  noLessonsAtAllText: 'L’emploi du temps n’annonce rien pour les jours qui viennent.',
  nextDay: (day: string) => `Prochain jour de cours : ${day}`,
  day: 'La journée',
  pause: 'Récréation',
  free: 'Pause',
  lunch: 'Pause de midi',
  length: (minutes: number) => span(minutes),
  room: (room: string) => (/^\d/.test(room) ? `salle ${room}` : room),
  until: (end: string) => `jusqu’à ${end}`,
  cancelled: 'annulé',
  moved: 'déplacé',
  movedFrom: (when: string) => `déplacé, prévu ${when}`,
  movedTo: (when: string) => `déplacé : ${when}`,
  running: 'en cours',
  diary: 'Cahier de textes',
  documents: (n: number) => counted('fr', n, 'document', 'documents'),
  due: 'À faire',
  dueNone: (tu: boolean) => (tu ? 'Rien à faire, profite !' : 'Rien à faire pour le moment.'),
  dueNoneText: 'Le travail donné par les professeurs s’affiche ici.',
  allWork: 'Tout le travail',
  showAll: (n: number) => `Montrer les ${n} autres`,
  handIn: 'à rendre',
  state: {
    done: 'fait',
    'handed-in': 'rendu',
    'given-back': 'corrigé',
    late: 'en retard',
    'to-do': 'à faire',
  },
  handedInLate: 'rendu en retard',
  tick: (title: string) => `Fait : ${title}`,
  ticked: 'C’est fait.',
  unticked: 'Remis à faire.',
  tickKept: 'Gardé sur cet appareil, envoyé dès que possible',
  away: (tu: boolean) =>
    tu
      ? 'Le préau est ouvert : ta journée est là. Ce que tu as rendu et coché revient tout seul.'
      : 'Le préau est ouvert : la journée est là. Le reste revient tout seul.',
  offline: (tu: boolean) =>
    tu
      ? 'Tu es hors ligne. Voici ta journée, gardée sur cet appareil ; tes coches partiront au retour du réseau.'
      : 'Vous êtes hors ligne. Voici la journée, gardée sur cet appareil.',
  dayMissing: 'La journée n’est pas encore arrivée',
  dayMissingText: 'Rien n’est perdu. Nouvel essai tout seul dans un instant.',
  school: 'L’établissement',
  whose: 'Choisir la journée à montrer',
  mine: 'Mes cours',
  me: 'Moi',
  child: (n: number) => `Enfant ${n}`,
}

const en: Words<typeof fr> = {
  title: 'Today',
  hello: (name, evening) => `${evening ? 'Good evening' : 'Hello'}${name ? ` ${name}` : ''}`,
  now: 'Now',
  then: (what, at) => `Next: ${what}, ${at}`,
  last: 'Last lesson of the day',
  first: (tu) => (tu ? 'Your day begins' : 'The day begins'),
  afterPause: 'After the break',
  in: (minutes) => `in ${span(minutes)}`,
  left: (minutes) => (minutes <= 1 ? 'ending' : `${span(minutes)} left`),
  over: 'The day is over',
  overText: () => 'No more lessons today.',
  noLessons: 'No lessons today',
  noLessonsAtAll: 'No lessons ahead',
  noLessonsAtAllText: 'The timetable has nothing for the coming days.',
  nextDay: (day) => `Next school day: ${day}`,
  day: 'The day',
  pause: 'Break',
  free: 'Break',
  lunch: 'Lunch',
  length: (minutes) => span(minutes),
  room: (room) => (/^\d/.test(room) ? `room ${room}` : room),
  until: (end) => `until ${end}`,
  cancelled: 'cancelled',
  moved: 'moved',
  movedFrom: (when) => `moved, was ${when}`,
  movedTo: (when) => `moved: ${when}`,
  running: 'on now',
  diary: 'Class diary',
  documents: (n) => counted('en', n, 'document', 'documents'),
  due: 'To do',
  dueNone: (tu) => (tu ? 'Nothing to do. Enjoy!' : 'Nothing to do for now.'),
  dueNoneText: 'Work set by the teachers shows here.',
  allWork: 'All work',
  showAll: (n) => `Show ${n} more`,
  handIn: 'to hand in',
  state: {
    done: 'done',
    'handed-in': 'handed in',
    'given-back': 'given back',
    late: 'overdue',
    'to-do': 'to do',
  },
  handedInLate: 'handed in late',
  tick: (title) => `Done: ${title}`,
  ticked: 'Done.',
  unticked: 'Back to do.',
  tickKept: 'Kept on this device, sent as soon as possible',
  away: (tu) =>
    tu
      ? 'The roof is open: your day is here. What you handed in and ticked comes back by itself.'
      : 'The roof is open: the day is here. The rest comes back by itself.',
  offline: (tu) =>
    tu
      ? 'You are offline. Here is your day, kept on this device; your ticks leave when the line is back.'
      : 'You are offline. Here is the day, kept on this device.',
  dayMissing: 'The day has not arrived yet',
  dayMissingText: 'Nothing is lost. It tries again by itself in a moment.',
  school: 'The school',
  whose: 'Choose whose day to show',
  mine: 'My lessons',
  me: 'Me',
  child: (n) => `Child ${n}`,
}

export const todayTexts = texts(fr, en)
