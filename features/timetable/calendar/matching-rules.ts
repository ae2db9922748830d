// Whom a calendar's event is for: our own X-PREAU properties first, then what other programs write into categories,
// descriptions and summaries, in French or English. docs/timetable.md tells the same in prose.

import type { ClassId, PersonId } from '#platform/ids'
import { folded } from '#platform/text'

export type KnownClass = {
  id: ClassId
  sourcedId: string
  code: string | null
  title: string
  courseSourcedId: string | null
}
export type KnownTeacher = {
  id: PersonId
  sourcedId: string
  username: string
  email: string | null
  givenName: string
  familyName: string
}
/** Names and what they may mean. */
export type Directory = {
  classes: Map<string, Set<ClassId>>
  courses: Map<string, Set<ClassId>>
  teachers: Map<string, Set<PersonId>>
}

/** A name without case, accents, spaces and marks; "3ème B" and "3e B" are the same. */
export function plainName(name: string): string {
  return folded(name)
    .replaceAll(/(\d)\s*(?:eme|ere|er|nde|de)\b/g, '$1e')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function add<T>(map: Map<string, Set<T>>, name: string | null, id: T): void {
  const key = plainName(name ?? '')
  if (!key) return
  const ids = map.get(key)
  if (ids) ids.add(id)
  else map.set(key, new Set([id]))
}

// Identifiers may differ by a mark alone ("1-12" and "11-2"), so they are also known to the letter.
const exactly = (identifier: string) => `=${identifier}`

const civility = /^(?:m|mr|mme|mlle|monsieur|madame|mrs|ms|miss|dr)\.?\s+/i

/** What the names of a school's classes and teachers mean. A name that means two of them means none. */
export function directoryOf(classes: readonly KnownClass[], teachers: readonly KnownTeacher[]): Directory {
  const directory: Directory = { classes: new Map(), courses: new Map(), teachers: new Map() }
  for (const { id, sourcedId, code, title, courseSourcedId } of classes) {
    directory.classes.set(exactly(sourcedId), new Set([id]))
    for (const name of [sourcedId, code, title]) add(directory.classes, name, id)
    add(directory.courses, courseSourcedId, id)
  }
  for (const { id, sourcedId, username, email, givenName, familyName } of teachers) {
    for (const exact of [sourcedId, username]) directory.teachers.set(exactly(exact), new Set([id]))
    const initial = givenName.slice(0, 1)
    for (const name of [sourcedId, username, email, familyName]) add(directory.teachers, name, id)
    for (const given of [givenName, initial]) {
      add(directory.teachers, `${given} ${familyName}`, id)
      add(directory.teachers, `${familyName} ${given}`, id)
    }
  }
  return directory
}

type Texts = { texts(name: string): string[] }

export type Meaning = {
  classIds: ClassId[]
  teacherId: PersonId | null
  title: string
  subject: string | null
  room: string | null
  problems: { code: string; value: string }[]
}

const labels = {
  class: /^\s*(?:classes?|groupes?|groups?|divisions?|publics?)\s*:\s*(.+)$/i,
  teacher: /^\s*(?:enseignant(?:e|s|es|\(e\))?|prof(?:esseure?s?)?\.?|teachers?)\s*:\s*(.+)$/i,
  room: /^\s*(?:salles?|rooms?|lieu)\s*:\s*(.+)$/i,
  subject: /^\s*(?:mati[eè]re|subject|enseignement|cours)\s*:\s*(.+)$/i,
}

function labelled(event: Texts, label: keyof typeof labels): string[] {
  return event
    .texts('description')
    .flatMap((text) => text.split(/\r?\n|<br\s*\/?>/i))
    .flatMap((line) => labels[label].exec(line)?.[1]?.trim() ?? [])
}

const listed = (values: string[]) =>
  values.flatMap((value) => value.split(/[,;]/).map((v) => v.trim())).filter(Boolean)
const pieces = (summary: string) => summary.split(/\s+[-–—|]\s+/).map((piece) => piece.trim())

/** The one thing that a name means; the whole name first, then its parts when it is a list. */
function resolve<T>(
  map: Map<string, Set<T>>,
  values: string[],
): { ids: T[]; missed: string[]; twofold: string[] } {
  const result = { ids: [] as T[], missed: [] as string[], twofold: [] as string[] }
  const meant = (value: string) =>
    map.get(exactly(value)) ?? map.get(plainName(value)) ?? map.get(plainName(value.replace(civility, '')))
  for (const value of values.flatMap((v) => (meant(v) ? [v] : listed([v])))) {
    const ids = meant(value)
    if (!ids) result.missed.push(value)
    else if (ids.size > 1) result.twofold.push(value)
    else result.ids.push(...ids)
  }
  return result
}

function classesOf(event: Texts, directory: Directory): Pick<Meaning, 'classIds' | 'problems'> {
  const named = [event.texts('x-preau-class'), labelled(event, 'class')].find((v) => v.length > 0)
  if (named) {
    const { ids, missed, twofold } = resolve(directory.classes, named)
    const problems = [
      ...missed.map((value) => ({ code: 'class-unknown', value })),
      ...twofold.map((value) => ({ code: 'class-ambiguous', value })),
    ]
    return { classIds: [...new Set(ids)], problems }
  }
  const summary = event.texts('summary')[0] ?? ''
  const guesses = [
    resolve(directory.courses, event.texts('x-preau-course')),
    resolve(directory.classes, event.texts('categories')),
    resolve(directory.classes, pieces(summary)),
  ]
  const found = guesses.find((guess) => guess.ids.length > 0)
  if (found) return { classIds: [...new Set(found.ids)], problems: [] }
  const twofold = guesses.find((guess) => guess.twofold.length > 0)?.twofold[0]
  const problem = twofold
    ? { code: 'class-ambiguous', value: twofold }
    : { code: 'class-missing', value: summary }
  return { classIds: [], problems: [problem] }
}

function teacherOf(event: Texts, directory: Directory): Pick<Meaning, 'teacherId' | 'problems'> {
  const named = [event.texts('x-preau-teacher'), labelled(event, 'teacher')].find((v) => v.length > 0)
  if (named) {
    const { ids, missed, twofold } = resolve(directory.teachers, named)
    const value = [...missed, ...twofold][0]
    const code = missed.length > 0 ? 'teacher-unknown' : 'teacher-ambiguous'
    return { teacherId: ids[0] ?? null, problems: ids.length || !value ? [] : [{ code, value }] }
  }
  const addresses = [...event.texts('organizer'), ...event.texts('attendee')].map((a) =>
    a.replace(/^mailto:/i, ''),
  )
  const guesses = [
    resolve(directory.teachers, addresses),
    resolve(directory.teachers, pieces(event.texts('summary')[0] ?? '').slice(1)),
  ]
  return { teacherId: guesses.find((guess) => guess.ids.length > 0)?.ids[0] ?? null, problems: [] }
}

/** What an event means in a school. Without a class it is no lesson; an unknown teacher leaves the lesson without one. */
export function meaningOf(event: Texts, directory: Directory): Meaning {
  const { classIds, problems } = classesOf(event, directory)
  const teacher = teacherOf(event, directory)
  const summary = event.texts('summary')[0] ?? ''
  const subject = labelled(event, 'subject')[0] ?? null
  const guessed = event.texts('x-preau-class').length === 0 ? pieces(summary)[0] : summary
  return {
    classIds,
    teacherId: teacher.teacherId,
    title: (subject ?? guessed ?? '').slice(0, 200) || '—',
    subject: subject?.slice(0, 200) ?? null,
    room: (event.texts('location')[0] ?? labelled(event, 'room')[0])?.slice(0, 60) ?? null,
    problems: [...problems, ...teacher.problems],
  }
}
