// An école: one teacher per homeroom, who gives all lessons in the homeroom's own room; four days of six hours.
import type { MadeClass, MadeLesson, MadePerson } from './model.ts'
import { addRole, type Ledger, newPupil, newStaff, type Register } from './people.ts'
import { courseId } from './programme.ts'
import type { Random } from './random.ts'
import { newClass } from './secondary.ts'

const [MON, TUE, THU, FRI] = [1, 2, 4, 5]
const everyDay = [MON, TUE, THU, FRI]

type Hour = { young: string; older?: string; days: number[]; start: string; end: string }

/** 8:30 to 11:30 and 13:30 to 16:30, a break in each half-day; breaks are no lessons. */
const week: readonly Hour[] = [
  { young: 'FR', days: everyDay, start: '08:30', end: '10:00' },
  { young: 'MA', days: everyDay, start: '10:15', end: '11:30' },
  { young: 'LEC', days: everyDay, start: '13:30', end: '14:15' },
  { young: 'MON', older: 'HIS', days: [MON, THU], start: '14:15', end: '15:15' },
  { young: 'EPS', days: [TUE, FRI], start: '14:15', end: '15:15' },
  { young: 'MON', older: 'SCI', days: [TUE, FRI], start: '15:30', end: '16:30' },
  { young: 'ART', days: [MON], start: '15:30', end: '16:30' },
  { young: 'MUS', days: [THU], start: '15:30', end: '16:00' },
  { young: 'AN', days: [THU], start: '16:00', end: '16:30' },
]

function weekOf(made: MadeClass, teacher: MadePerson, grade: string): MadeLesson[] {
  const older = grade === 'CM1' || grade === 'CM2'
  return week.map(({ young, older: own, days, start, end }) => {
    const subject = older && own ? own : young
    return {
      uid: `${made.sourcedId}-${subject}-${days[0]}${start.slice(0, 2)}`,
      class: made,
      subject,
      courseId: courseId(subject, grade),
      teacher,
      // Outside there is room for every class.
      room: subject === 'EPS' ? `Cour, ${made.room}` : made.room,
      days,
      start,
      end,
      weeks: 3,
    }
  })
}

/** Fills an école. Its head teaches too, and runs its accounts. */
export function fillPrimary(
  ledger: Ledger,
  random: Random,
  register: Register,
): { classes: MadeClass[]; lessons: MadeLesson[]; lessonsNotPlaced: number } {
  const classes: MadeClass[] = []
  const lessons: MadeLesson[] = []
  for (const [i, plan] of register.school.homerooms.entries()) {
    const grade = plan.grades[0] as string
    const made = newClass(register, plan.code, plan.title, {
      homeroom: true,
      grades: plan.grades,
      courseId: courseId('DIV', grade),
      room: `Salle ${i + 1}`,
    })
    for (let n = 0; n < plan.pupils; n++) {
      const own = plan.grades[Math.floor((n * plan.grades.length) / plan.pupils)] as string
      made.pupils.push(newPupil(ledger, random, register, own))
    }
    const teacher = newStaff(ledger, random, register, i === 0 ? 'principal' : 'teacher')
    if (i === 0) {
      addRole(register, teacher, 'teacher', false)
      addRole(register, teacher, 'siteAdministrator', false)
    }
    made.teachers.push(teacher)
    classes.push(made)
    lessons.push(...weekOf(made, teacher, grade))
  }
  return { classes, lessons, lessonsNotPlaced: 0 }
}
