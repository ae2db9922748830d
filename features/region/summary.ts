// What a generated region holds, counted while it is written, and whom one might sign in as.
import type { MadeRole, MadeSchool, SchoolKind } from './rules/model.ts'
import { enrollmentsIn } from './rules/school.ts'
import type { SchoolYear } from './rules/year.ts'

export type RegionSummary = {
  schoolYear: string
  schools: number
  byKind: Record<SchoolKind, number>
  users: number
  pupils: number
  teachers: number
  guardians: number
  /** Heads, school administrators, counselors. */
  otherStaff: number
  /** Guardians with children in two schools or more. */
  guardiansInSeveralSchools: number
  /** Rows of roles.csv. */
  roles: number
  homerooms: number
  classes: number
  enrollments: number
  enrollmentsPerUser: number
  lessonsPerWeek: number
  lessonsNotPlaced: number
  /** User names of people who belong together: a guardian, their child in the first school, its teacher, its administrator. */
  example: { pupil: string; teacher: string; guardian: string; administrator: string; school: string }
}

/** A summary of nothing yet. */
export function newSummary(year: SchoolYear): RegionSummary {
  return {
    schoolYear: year.title,
    schools: 0,
    byKind: { école: 0, collège: 0, lycée: 0 },
    users: 0,
    pupils: 0,
    teachers: 0,
    guardians: 0,
    otherStaff: 0,
    guardiansInSeveralSchools: 0,
    roles: 0,
    homerooms: 0,
    classes: 0,
    enrollments: 0,
    enrollmentsPerUser: 0,
    lessonsPerWeek: 0,
    lessonsNotPlaced: 0,
    example: { pupil: '', teacher: '', guardian: '', administrator: '', school: '' },
  }
}

/** Finds people who belong together, for `example`: best a guardian with a child in the first school and in another. */
export function exampleFinder(summary: RegionSummary): (made: MadeSchool) => void {
  const firstSchool = new Map<string, RegionSummary['example']>()
  let found = false
  const note = (made: MadeSchool) => {
    const administrator = made.roles.find((r) => r.role === 'siteAdministrator')?.person.username ?? ''
    const nameOf = new Map(made.people.map((p) => [p.sourcedId, p.username]))
    for (const homeroom of made.classes.filter((c) => c.homeroom).reverse()) {
      const teacher = homeroom.teachers[0]?.username ?? ''
      for (const pupil of homeroom.pupils) {
        for (const id of pupil.agents) {
          const guardian = nameOf.get(id) ?? ''
          const pair = { pupil: pupil.username, guardian, teacher, administrator, school: made.plan.uai }
          if (!firstSchool.has(id)) firstSchool.set(id, pair)
        }
      }
    }
    const [any] = firstSchool.values()
    if (any) summary.example = any
  }
  return (made) => {
    if (made.plan.index === 0) note(made)
    else if (!found) {
      const shared = made.roles.find((r) => r.role === 'guardian' && firstSchool.has(r.person.sourcedId))
      if (!shared) return
      found = true
      summary.example = firstSchool.get(shared.person.sourcedId) as RegionSummary['example']
      firstSchool.clear()
    }
  }
}

const count = (made: MadeSchool, ...roles: MadeRole['role'][]) =>
  new Set(made.roles.filter((r) => roles.includes(r.role)).map((r) => r.person)).size

/** Adds a school's counts. */
export function addToSummary(summary: RegionSummary, made: MadeSchool): void {
  summary.schools++
  summary.byKind[made.plan.kind]++
  summary.users += made.people.length
  summary.pupils += count(made, 'student')
  summary.teachers += count(made, 'teacher')
  summary.guardians += made.roles.filter((r) => r.role === 'guardian' && r.primary).length
  summary.otherStaff = summary.users - summary.pupils - summary.teachers - summary.guardians
  summary.roles += made.roles.length
  summary.homerooms += made.classes.filter((c) => c.homeroom).length
  summary.classes += made.classes.length
  summary.enrollments += enrollmentsIn(made)
  summary.enrollmentsPerUser = Math.round((summary.enrollments / summary.users) * 100) / 100
  summary.lessonsPerWeek += made.lessons.reduce((n, l) => n + l.days.length * (l.weeks === 3 ? 1 : 0.5), 0)
  summary.lessonsNotPlaced += made.lessonsNotPlaced
}
