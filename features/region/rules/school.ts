// One school after the other, filled with people, classes and lessons.
import type { MadeClass, MadeSchool, PlannedSchool } from './model.ts'
import { type Ledger, newStaff, type Register } from './people.ts'
import { fillPrimary } from './primary.ts'
import { courseId, programmeOf, subjects } from './programme.ts'
import { randomFrom } from './random.ts'
import { fillSecondary, newClass } from './secondary.ts'

/** One counselor (CPE) for so many pupils. */
const pupilsPerCounselor = 250

/** Enrollments (rows) of a school. */
export function enrollmentsIn(school: MadeSchool): number {
  return school.classes.reduce((sum, c) => sum + c.pupils.length + c.teachers.length, 0)
}

/** Fills a planned school. Schools must be filled in their order: the ledger carries families and user names on. */
export function fillSchool(seed: number, ledger: Ledger, plan: PlannedSchool): MadeSchool {
  const random = randomFrom(seed, 2, plan.index)
  const register: Register = { people: [], roles: [], school: plan }
  if (plan.kind === 'école') {
    const filled = fillPrimary(ledger, random, register)
    return { plan, people: register.people, roles: register.roles, ...filled }
  }
  newStaff(ledger, random, register, 'principal')
  newStaff(ledger, random, register, 'siteAdministrator')
  const filled = fillSecondary(ledger, random, register)
  const pupils = plan.homerooms.reduce((sum, h) => sum + h.pupils, 0)
  for (let n = 0; n < pupils; n += pupilsPerCounselor) newStaff(ledger, random, register, 'counselor')
  return { plan, people: register.people, roles: register.roles, ...filled }
}

function subjectClass(school: MadeSchool, homeroom: MadeClass, subject: string): MadeClass {
  const grade = homeroom.grades[0] as string
  const title = subjects[subject]?.title as string
  const lesson = school.lessons.find((l) => l.class === homeroom && l.subject === subject)
  const register: Register = { people: school.people, roles: school.roles, school: school.plan }
  const name = title === 'SVT' || title === 'EPS' ? title : title.charAt(0).toLowerCase() + title.slice(1)
  return newClass(register, `${homeroom.code}-${subject}`, `${homeroom.title}, ${name}`, {
    grades: homeroom.grades,
    courseId: courseId(subject, grade),
    subject,
    pupils: homeroom.pupils,
    teachers: [lesson?.teacher ?? (homeroom.teachers[0] as MadeClass['teachers'][number])],
  })
}

/**
 * Adds classes for single subjects of the homerooms, as many exports have them, until the school has about `target`
 * enrollments or every subject and heading of the school report has its class.
 */
export function addSubjectClasses(school: MadeSchool, target: number): void {
  const homerooms = school.classes.filter((c) => c.homeroom)
  let missing = target - enrollmentsIn(school)
  for (let n = 0; missing > 0; n++) {
    let added = false
    for (const homeroom of homerooms) {
      const { whole, headings } = programmeOf(homeroom.grades[0] as string)
      const subject = [...Object.keys(whole), ...headings][n]
      if (!subject) continue
      added = true
      if (homeroom.pupils.length / 2 >= missing) continue
      const made = subjectClass(school, homeroom, subject)
      school.classes.push(made)
      missing -= made.pupils.length + 1
    }
    if (!added) return
  }
}
