// A collège or lycée: homerooms, half-groups, groups across homerooms, who teaches them, and when.
import type { MadeClass, MadeLesson, MadePerson, PlannedHomeroom, Weeks } from './model.ts'
import type { Ledger, Register } from './people.ts'
import { newPupil, newStaff } from './people.ts'
import { courseId, programmeOf, subjects } from './programme.ts'
import { drawn, type Random, shuffled } from './random.ts'
import { type Activity, type Busy, newBusy, ownRoom, placeAll, roomFinder, slots } from './timetable.ts'

type Teacher = { person: MadePerson; busy: Busy; load: number }

/** One class with one teacher within an activity; `weeks` undefined: whenever the activity takes place. */
type Part = { class: MadeClass; teacher: Teacher; subject: string; weeks: Weeks | undefined; uid: string }

type Homeroom = {
  plan: PlannedHomeroom
  class: MadeClass
  busy: Busy
  room: number
  teachers: Map<string, Teacher>
  days: Map<string, number[]>
}

type Work = {
  ledger: Ledger
  random: Random
  register: Register
  classes: MadeClass[]
  staff: Map<string, Teacher[]>
  activities: { activity: Activity; parts: Part[]; room: number }[]
}

/** Hours a week in a teacher's service (18 for most, décret 2014-940). */
const service = 18

function teacherFor(work: Work, discipline: string, hours: number, not: readonly Teacher[] = []): Teacher {
  const known = work.staff.get(discipline) ?? []
  work.staff.set(discipline, known)
  const found = known.find((t) => t.load + hours <= service && !not.includes(t))
  const teacher = found ?? {
    person: newStaff(work.ledger, work.random, work.register, 'teacher'),
    busy: newBusy(),
    load: 0,
  }
  if (!found) known.push(teacher)
  teacher.load += hours
  return teacher
}

export function newClass(
  register: Register,
  code: string,
  title: string,
  rest: Partial<MadeClass>,
): MadeClass {
  const sourcedId = `${register.school.uai}-${code}`
  const empty = { homeroom: false, grades: [], courseId: '', subject: '', room: '', pupils: [], teachers: [] }
  return { ...empty, sourcedId, title, code, ...rest }
}

function teaches(made: MadeClass, teacher: Teacher): void {
  if (!made.teachers.includes(teacher.person)) made.teachers.push(teacher.person)
}

const daysOf = (homeroom: Homeroom, subject: string) => {
  const days = homeroom.days.get(subject) ?? [0, 0, 0, 0, 0, 0]
  homeroom.days.set(subject, days)
  return days
}

function addHours(
  work: Work,
  homerooms: readonly Homeroom[],
  hours: number,
  parts: readonly Omit<Part, 'uid'>[],
): void {
  const [first] = homerooms as [Homeroom]
  const subject = (parts[0] as Part).subject
  const spread = homerooms.length > 1 ? [0, 0, 0, 0, 0, 0] : daysOf(first, subject)
  for (let n = 1; n <= Math.ceil(hours); n++) {
    const activity: Activity = {
      homerooms: homerooms.map((h) => h.busy),
      teachers: [...new Set(parts.map((part) => part.teacher.busy))],
      half: n > hours,
      subject,
      days: spread,
      placed: undefined,
    }
    const uid = (part: Omit<Part, 'uid'>) =>
      `${part.class.sourcedId}-${part.subject}-${n}${part.weeks === undefined ? '' : 'AB'[part.weeks - 1]}`
    work.activities.push({ activity, parts: parts.map((p) => ({ ...p, uid: uid(p) })), room: first.room })
  }
}

function openHomeroom(work: Work, plan: PlannedHomeroom, room: number): Homeroom {
  const grade = plan.grades[0] as string
  const made = newClass(work.register, plan.code, plan.title, {
    homeroom: true,
    grades: [grade],
    courseId: courseId('DIV', grade),
    room: ownRoom(room),
  })
  for (let i = 0; i < plan.pupils; i++) {
    made.pupils.push(newPupil(work.ledger, work.random, work.register, grade))
  }
  work.classes.push(made)
  return { plan, class: made, busy: newBusy(), room, teachers: new Map(), days: new Map() }
}

/** Hours with the whole homeroom and in its two half-groups. */
function teachHomeroom(work: Work, homeroom: Homeroom): void {
  const grade = homeroom.plan.grades[0] as string
  const { whole, halves } = programmeOf(grade)
  const discipline = (subject: string) => subjects[subject]?.discipline ?? subject
  const needed = new Map<string, number>()
  const need = (subject: string, hours: number) =>
    needed.set(discipline(subject), (needed.get(discipline(subject)) ?? 0) + hours)
  for (const [subject, hours] of Object.entries(whole)) if (subject !== 'VC') need(subject, hours)
  for (const pair of halves) for (const subject of pair) need(subject, 1)
  for (const [name, hours] of needed) homeroom.teachers.set(name, teacherFor(work, name, hours))
  const inCharge = work.random.pick([...homeroom.teachers.values()])
  homeroom.teachers.set('VC', inCharge)
  teaches(homeroom.class, inCharge)
  const by = (subject: string) => homeroom.teachers.get(discipline(subject)) as Teacher
  for (const [subject, hours] of Object.entries(whole)) {
    teaches(homeroom.class, by(subject))
    addHours(work, [homeroom], hours, [
      { class: homeroom.class, teacher: by(subject), subject, weeks: undefined },
    ])
  }
  if (halves.length === 0) return
  const [one, two] = halfGroups(work, homeroom)
  for (const [x, y] of halves) {
    for (const group of [one, two]) for (const subject of [x, y]) teaches(group, by(subject))
    addHours(work, [homeroom], 1, [
      { class: one, teacher: by(x), subject: x, weeks: 1 },
      { class: two, teacher: by(y), subject: y, weeks: 1 },
      { class: two, teacher: by(x), subject: x, weeks: 2 },
      { class: one, teacher: by(y), subject: y, weeks: 2 },
    ])
  }
}

function halfGroups(work: Work, homeroom: Homeroom): [MadeClass, MadeClass] {
  const { plan, class: whole } = homeroom
  const grade = plan.grades[0] as string
  const name = (p: MadePerson) => `${p.familyName} ${p.givenName}`
  const sorted = [...whole.pupils].sort((a, b) => (name(a) < name(b) ? -1 : 1))
  const middle = Math.ceil(sorted.length / 2)
  const group = (n: number, pupils: MadePerson[]) =>
    newClass(work.register, `${plan.code}-G${n}`, `${plan.title}, groupe ${n}`, {
      grades: [grade],
      courseId: courseId('GRP', grade),
      pupils,
    })
  const made: [MadeClass, MadeClass] = [group(1, sorted.slice(0, middle)), group(2, sorted.slice(middle))]
  work.classes.push(...made)
  return made
}

/** Splits the pupils by what they choose: no group under 8 (they join the largest), none over `most`. */
function chosen(
  random: Random,
  pupils: readonly MadePerson[],
  choices: Readonly<Record<string, number>>,
  most: number,
): { subject: string; pupils: MadePerson[]; number: number; of: number }[] {
  const by = new Map<string, MadePerson[]>(Object.keys(choices).map((subject) => [subject, []]))
  for (const pupil of pupils) by.get(drawn(random, choices))?.push(pupil)
  const [largest] = [...by].sort((a, b) => b[1].length - a[1].length) as [[string, MadePerson[]]]
  for (const [subject, list] of by) {
    if (list.length >= 8 || subject === largest[0]) continue
    largest[1].push(...list)
    by.delete(subject)
  }
  return [...by].flatMap(([subject, list]) => {
    const of = Math.ceil(list.length / most)
    return Array.from({ length: of }, (_, i) => ({
      subject,
      pupils: list.filter((_, at) => at % of === i),
      number: i + 1,
      of,
    }))
  })
}

function openGroup(
  work: Work,
  block: readonly Homeroom[],
  group: { subject: string; pupils: MadePerson[]; number: number; of: number },
): MadeClass {
  const grade = block[0]?.plan.grades[0] as string
  const title = subjects[group.subject]?.title as string
  const ends = [block[0], block.at(-1)].map((h) => h?.plan.code.at(-1))
  const range = ends[0] === ends[1] ? ends[0] : ends.join('-')
  const name = title === 'SVT' ? title : title.charAt(0).toLowerCase() + title.slice(1)
  const tail = group.of > 1 ? ` ${group.number}` : ''
  const code = `${grade.toUpperCase()}${[...new Set(ends)].join('')}-${group.subject}${group.number}`
  const made = newClass(work.register, code, `${grade} ${range}, ${name}${tail}`, {
    grades: [grade],
    courseId: courseId(group.subject, grade),
    subject: group.subject,
    pupils: group.pupils,
  })
  work.classes.push(made)
  return made
}

/** Groups across the homerooms of a block, all at the same hours. */
function teachAcross(work: Work, block: readonly Homeroom[]): void {
  const { bars, option } = programmeOf(block[0]?.plan.grades[0] as string)
  const pupils = block.flatMap((h) => h.class.pupils)
  const asked = option ? pupils.filter(() => work.random.chance(option.share)) : []
  const all = bars.map((bar) => ({ groups: chosen(work.random, pupils, bar.choices, 32), hours: bar.hours }))
  if (option && asked.length >= 5) {
    all.push({ groups: chosen(work.random, asked, { [option.subject]: 1 }, 32), hours: option.hours })
  }
  for (const { groups, hours } of all) {
    const busy: Teacher[] = []
    const parts = groups.map((group) => {
      const made = openGroup(work, block, group)
      const teacher = teacherFor(work, subjects[group.subject]?.discipline as string, hours, busy)
      busy.push(teacher)
      teaches(made, teacher)
      return { class: made, teacher, subject: group.subject, weeks: undefined }
    })
    addHours(work, block, hours, parts)
  }
}

/** Homerooms of one grade in blocks of nearly the same size, at most `most` each. */
function blocksOf(homerooms: readonly Homeroom[], most: number): Homeroom[][] {
  const byGrade = Object.values(Object.groupBy(homerooms, (h) => h.class.grades[0] as string)) as Homeroom[][]
  return byGrade.flatMap((list) => {
    const count = Math.ceil(list.length / most)
    const at = (i: number) => Math.floor((i * list.length) / count)
    return Array.from({ length: count }, (_, i) => list.slice(at(i), at(i + 1)))
  })
}

function lessonsOf(work: Work): MadeLesson[] {
  const room = roomFinder()
  return work.activities.flatMap(({ activity, parts, room: wanted }) => {
    const { placed } = activity
    if (!placed) return []
    const slot = slots[placed.slot] as (typeof slots)[number]
    return parts.map((part): MadeLesson => {
      const weeks = part.weeks ?? placed.weeks
      const kind = subjects[part.subject]?.room ?? 'salle'
      return {
        uid: part.uid,
        class: part.class,
        subject: part.subject,
        courseId: courseId(part.subject, part.class.grades[0] as string),
        teacher: part.teacher.person,
        room: room(kind, kind === 'salle' ? wanted : 0, placed.slot, weeks),
        days: [slot.day],
        start: slot.start,
        end: slot.end,
        weeks,
      }
    })
  })
}

/** Fills a collège or lycée: pupils, teachers, classes and groups, and the week's lessons without a clash. */
export function fillSecondary(
  ledger: Ledger,
  random: Random,
  register: Register,
): { classes: MadeClass[]; lessons: MadeLesson[]; lessonsNotPlaced: number } {
  const work: Work = { ledger, random, register, classes: [], staff: new Map(), activities: [] }
  const homerooms = register.school.homerooms.map((plan, i) => openHomeroom(work, plan, i))
  for (const block of blocksOf(homerooms, register.school.kind === 'lycée' ? 4 : 3)) teachAcross(work, block)
  for (const homeroom of shuffled(random, homerooms)) teachHomeroom(work, homeroom)
  const lessonsNotPlaced = placeAll(
    random,
    work.activities.map((made) => made.activity),
  )
  return { classes: work.classes, lessons: lessonsOf(work), lessonsNotPlaced }
}
