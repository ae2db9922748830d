// What an import found, in sentences for whoever runs the school.

type Fault = { line: number; uid: string; code: string; value?: string }

const sentences: Record<string, (value: string) => string> = {
  'class-unknown': (v) => `no class of this school is called “${v}”; the lesson was left out`,
  'class-ambiguous': (v) => `more than one class is called “${v}”: give its code or sourcedId; left out`,
  'class-missing': (v) => `“${v}” names no class; it was left out`,
  'teacher-unknown': (v) =>
    `no teacher of this school is called “${v}”; the lesson is there without a teacher`,
  'teacher-ambiguous': (v) => `more than one teacher is called “${v}”; the lesson is there without a teacher`,
  'all-day': () => 'a whole day is no lesson; left out',
  'start-missing': () => 'it has no start (DTSTART); left out',
  'end-missing': () => 'it has no end (DTEND or DURATION); left out',
  'ends-before-start': () => 'it ends before it starts; left out',
  'crosses-midnight': () => 'it lasts past midnight; left out',
  'zones-differ': (v) => `it starts in one time zone and ends in another (${v}); left out`,
  'zone-unknown': (v) => `the time zone “${v}” is not known; left out`,
  'rule-refused': (v) => `“${v}” is not a rule of days or weeks; left out`,
  'rule-too-long': () => 'its rule began more than four years ago; left out',
  'too-many': () => 'it falls on more than 400 days of the year; left out',
  'uid-missing': () => 'it has no UID, so that it could not be told from others; left out',
  'uid-twice': () =>
    'another event has the same UID; the one with the higher SEQUENCE, else the first, was taken',
  'too-long': () => 'it has more than 2,000 lines; left out',
  unreadable: (v) => `it could not be read (${v}); left out`,
}

/** One problem as a sentence that begins with its line. */
export function faultSentence({ line, uid, code, value }: Fault): string {
  const what = sentences[code]?.(value ?? '') ?? code
  return `line ${line}${uid ? `, event ${uid.slice(0, 80)}` : ''}: ${what}`
}
