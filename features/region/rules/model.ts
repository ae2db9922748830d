// What the generator makes, school by school: plain data that the writers turn into rows and events.

export type SchoolKind = 'école' | 'collège' | 'lycée'

/** A school before anybody is in it. */
export type PlannedSchool = {
  index: number
  kind: SchoolKind
  /** UAI code and sourcedId. The department numbers do not exist, so it is no real school's code. */
  uai: string
  name: string
  department: number
  /** Schools of one basin (a lycée, its collèges, their écoles) share families. */
  basin: number
  homerooms: PlannedHomeroom[]
}

export type PlannedHomeroom = { title: string; code: string; grades: string[]; pupils: number }

export type PersonRole = 'student' | 'teacher' | 'guardian' | 'principal' | 'siteAdministrator' | 'counselor'

export type MadePerson = {
  sourcedId: string
  username: string
  givenName: string
  familyName: string
  email: string
  /** Guardians' sourcedIds, for a pupil. */
  agents: string[]
  grade: string
}

/** A person's role in this school; people of a family known from an earlier school get only this. */
export type MadeRole = { person: MadePerson; role: PersonRole; primary: boolean }

export type MadeClass = {
  sourcedId: string
  title: string
  code: string
  homeroom: boolean
  grades: string[]
  courseId: string
  /** Subject code, '' for a homeroom or a group that serves several subjects. */
  subject: string
  room: string
  pupils: MadePerson[]
  /** The first is the one in charge (in a homeroom: the professeur principal). */
  teachers: MadePerson[]
}

/** Weeks in which a lesson takes place, as bits: A = 1, B = 2, every week = 3. */
export type Weeks = 1 | 2 | 3

export type MadeLesson = {
  uid: string
  class: MadeClass
  subject: string
  courseId: string
  teacher: MadePerson
  room: string
  /** ISO weekdays, 1 = Monday. */
  days: number[]
  /** Wall clock, HH:MM. */
  start: string
  end: string
  weeks: Weeks
}

export type MadeSchool = {
  plan: PlannedSchool
  /** People new in this school, each once in the whole region. */
  people: MadePerson[]
  roles: MadeRole[]
  classes: MadeClass[]
  lessons: MadeLesson[]
  /** Lessons for which the timetable found no slot. */
  lessonsNotPlaced: number
}
