// What an import found, in sentences for whoever runs the school, in French and English.

export type Language = 'fr' | 'en'
type Fault = { line: number; uid: string; code: string; value?: string }
type Say = (value: string) => string

const sentences: Record<string, Record<Language, Say>> = {
  'class-unknown': {
    fr: (v) => `aucune classe de cet établissement ne s’appelle « ${v} » ; séance laissée de côté`,
    en: (v) => `no class of this school is called “${v}”; the lesson was left out`,
  },
  'class-ambiguous': {
    fr: (v) => `plusieurs classes s’appellent « ${v} » : indiquez le code ou le sourcedId ; laissée de côté`,
    en: (v) => `more than one class is called “${v}”: give its code or sourcedId; left out`,
  },
  'class-missing': {
    fr: (v) => `« ${v} » n’indique aucune classe ; laissé de côté`,
    en: (v) => `“${v}” names no class; it was left out`,
  },
  'teacher-unknown': {
    fr: (v) =>
      `aucun enseignant de cet établissement ne s’appelle « ${v} » ; la séance est là, sans enseignant`,
    en: (v) => `no teacher of this school is called “${v}”; the lesson is there without a teacher`,
  },
  'teacher-ambiguous': {
    fr: (v) => `plusieurs enseignants s’appellent « ${v} » ; la séance est là, sans enseignant`,
    en: (v) => `more than one teacher is called “${v}”; the lesson is there without a teacher`,
  },
  'all-day': {
    fr: () => 'une journée entière n’est pas une séance ; laissée de côté',
    en: () => 'a whole day is no lesson; left out',
  },
  'start-missing': {
    fr: () => 'il n’a pas de début (DTSTART) ; laissé de côté',
    en: () => 'it has no start (DTSTART); left out',
  },
  'end-missing': {
    fr: () => 'il n’a pas de fin (DTEND ou DURATION) ; laissé de côté',
    en: () => 'it has no end (DTEND or DURATION); left out',
  },
  'ends-before-start': {
    fr: () => 'il finit avant de commencer ; laissé de côté',
    en: () => 'it ends before it starts; left out',
  },
  'crosses-midnight': {
    fr: () => 'il dure au-delà de minuit ; laissé de côté',
    en: () => 'it lasts past midnight; left out',
  },
  'zones-differ': {
    fr: (v) => `il commence dans un fuseau horaire et finit dans un autre (${v}) ; laissé de côté`,
    en: (v) => `it starts in one time zone and ends in another (${v}); left out`,
  },
  'zone-unknown': {
    fr: (v) => `le fuseau horaire « ${v} » n’est pas connu ; laissé de côté`,
    en: (v) => `the time zone “${v}” is not known; left out`,
  },
  'rule-refused': {
    fr: (v) => `« ${v} » n’est pas une règle de jours ou de semaines ; laissé de côté`,
    en: (v) => `“${v}” is not a rule of days or weeks; left out`,
  },
  'rule-too-long': {
    fr: () => 'sa règle a commencé il y a plus de quatre ans ; laissé de côté',
    en: () => 'its rule began more than four years ago; left out',
  },
  'too-many': {
    fr: () => 'il tombe sur plus de 400 jours de l’année ; laissé de côté',
    en: () => 'it falls on more than 400 days of the year; left out',
  },
  'uid-missing': {
    fr: () => 'il n’a pas d’UID, on ne pourrait pas le reconnaître ; laissé de côté',
    en: () => 'it has no UID, so that it could not be told from others; left out',
  },
  'uid-twice': {
    fr: () =>
      'un autre événement a le même UID ; celui de SEQUENCE plus élevée, sinon le premier, a été pris',
    en: () => 'another event has the same UID; the one with the higher SEQUENCE, else the first, was taken',
  },
  'too-long': {
    fr: () => 'il a plus de 2 000 lignes ; laissé de côté',
    en: () => 'it has more than 2,000 lines; left out',
  },
  unreadable: {
    fr: (v) => `illisible (${v}) ; laissé de côté`,
    en: (v) => `it could not be read (${v}); left out`,
  },
}

/** One problem as a sentence that begins with its line. */
export function faultSentence({ line, uid, code, value }: Fault, language: Language): string {
  const what = sentences[code]?.[language](value ?? '') ?? code
  const event = uid ? (language === 'fr' ? `, événement ${uid}` : `, event ${uid}`).slice(0, 100) : ''
  return language === 'fr' ? `ligne ${line}${event} : ${what}` : `line ${line}${event}: ${what}`
}

type Report = {
  source: string
  school: string
  applied: boolean
  events: number
  lessons: number
  created: number
  changed: number
  removed: number
  unchanged: number
  problems: readonly Fault[]
  problemCount: number
}

/** The report of a calendar's import as a text of some lines. */
export function calendarText(r: Report, language: Language): string {
  const fr = language === 'fr'
  const more = r.problemCount - r.problems.length
  return [
    fr ? `${r.school}, calendrier « ${r.source} »` : `${r.school}, calendar “${r.source}”`,
    fr
      ? `  ${r.events} événements, ${r.lessons} séances`
      : `  ${r.events} events, ${r.lessons} lessons on their days`,
    fr
      ? `  créneaux : ${r.created} créés, ${r.changed} modifiés, ${r.removed} retirés, ${r.unchanged} inchangés`
      : `  slots: ${r.created} created, ${r.changed} changed, ${r.removed} removed, ${r.unchanged} unchanged`,
    ...(r.applied ? [] : [fr ? '  essai : rien n’a été modifié' : '  dry run: nothing was changed']),
    ...r.problems.map((problem) => `  ${faultSentence(problem, language)}`),
    ...(more > 0 ? [fr ? `  et ${more} autres` : `  and ${more} more`] : []),
  ].join('\n')
}
