// Words of today and of the week. Pupils are said "tu", grown-ups "vous".
import { counted, firstTexts } from '#web/texts/language.svelte.ts'

/** "55 min", "2 h", "1 h 05". */
export function span(minutes: number, h = 'h'): string {
  if (minutes < 60) return `${minutes}\u00a0min`
  const rest = minutes % 60
  const hours = `${(minutes - rest) / 60}\u00a0${h}`
  return rest ? `${hours}\u00a0${String(rest).padStart(2, '0')}` : hours
}

const fr = {
  title: 'Aujourd’hui',
  hello: (name: string, evening: boolean) => [evening ? 'Bonsoir' : 'Bonjour', name].join(' ').trim(),
  now: 'Maintenant',
  then: (what: string, at: string) => `Ensuite : ${what}, ${at}`,
  last: 'Dernier cours de la journée',
  first: (tu: boolean) => (tu ? 'Ta journée commence' : 'La journée commence'),
  afterPause: 'Après la pause',
  in: (minutes: number) => `dans ${span(minutes)}`,
  left: (minutes: number) => (minutes <= 1 ? 'se termine' : `encore ${span(minutes)}`),
  day: 'La journée',
  pause: 'Récréation',
  free: 'Pause',
  lunch: 'Pause de midi',
  length: (minutes: number) => span(minutes),
  room: (room: string) => (/^\d/.test(room) ? `salle ${room}` : room),
  remote: 'à distance',
  until: (end: string) => `jusqu’à ${end}`,
  cancelled: 'annulé',
  absent: 'prof. absent',
  cover: { teacher: 'remplacement', study: 'permanence', home: 'à la maison' },
  moved: 'déplacé',
  movedFrom: (when: string) => `déplacé, prévu ${when}`,
  movedTo: (when: string) => `déplacé : ${when}`,
  running: 'en cours',
  diary: 'Cahier de textes',
  documents: (n: number) => counted('fr', n, 'document', 'documents'),
  due: 'À faire',
  dueNone: (tu: boolean) => (tu ? 'Rien à faire, profite !' : 'Rien à faire pour le moment.'),
  allWork: 'Tout le travail',
  showAll: (n: number) => `Montrer les ${n} autres`,
  handIn: 'à rendre',
  state: {
    done: 'fait',
    'handed-in': 'remis',
    'given-back': 'corrigé',
    late: 'en retard',
    'to-do': 'à faire',
  },
  handedInLate: 'remis en retard',
  tick: (title: string) => `Fait : ${title}`,
  ticked: 'C’est fait.',
  unticked: 'Remis à faire.',
  tickKept: 'Gardé sur cet appareil, envoyé dès que possible',
  school: 'L’établissement',
  whose: 'Choisir la journée à montrer',
  mine: 'Mes cours',
  me: 'Moi',
  child: (n: number) => `Enfant ${n}`,
}

export const todayTexts = firstTexts(fr)
