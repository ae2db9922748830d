// The generator's promises: the same seed draws the same, nobody is in two places at once, and everything resolves.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MadeLesson, MadeSchool } from './rules/model.ts'
import { plain } from './rules/names.ts'
import { newLedger } from './rules/people.ts'
import { plannedSchools, pupilsIn, uaiCode } from './rules/plan.ts'
import { programmes, subjects, subjectsOf } from './rules/programme.ts'
import { randomFrom, shuffled, xoshiro } from './rules/random.ts'
import { addSubjectClasses, enrollmentsIn, fillSchool } from './rules/school.ts'
import { easter, lessonDays, schoolYear, schoolYearOf } from './rules/year.ts'

function made(seed: number, schools: number): MadeSchool[] {
  const ledger = newLedger(10_000)
  return plannedSchools(seed, { schools }).map((plan) => fillSchool(seed, ledger, plan))
}

/** Pairs of lessons that share a day, a week and a minute. */
function overlaps(lessons: MadeLesson[]): [MadeLesson, MadeLesson][] {
  return lessons.flatMap((a, i) =>
    lessons
      .slice(i + 1)
      .filter((b) => a.weeks & b.weeks && a.start < b.end && b.start < a.end)
      .filter((b) => a.days.some((day) => b.days.includes(day)))
      .map((b): [MadeLesson, MadeLesson] => [a, b]),
  )
}

function clashes(school: MadeSchool): string[] {
  const found: string[] = []
  const of = new Map<string, MadeLesson[]>()
  const add = (key: string, lesson: MadeLesson) => of.set(key, [...(of.get(key) ?? []), lesson])
  for (const lesson of school.lessons) {
    add(`teacher ${lesson.teacher.sourcedId}`, lesson)
    add(`room ${lesson.room}`, lesson)
    // A homeroom is its pupils, in whatever group they are: that also finds a group set against its own homeroom.
    for (const pupil of lesson.class.pupils) add(`pupil ${pupil.sourcedId}`, lesson)
  }
  for (const [key, lessons] of of) {
    for (const [a, b] of overlaps(lessons)) found.push(`${key}: ${a.uid} and ${b.uid}`)
  }
  return found
}

describe('chance', () => {
  // From the authors' C code (1.1), as the tests of the Rust crate rand_xoshiro have them.
  test('xoshiro128** gives the reference values', () => {
    const next = xoshiro(1, 2, 3, 4)
    const first = Array.from({ length: 6 }, next)
    expect(first).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492])
  })

  test('streams of one seed differ, the same stream repeats', () => {
    const draw = (...stream: number[]) => Array.from({ length: 4 }, randomFrom(7, ...stream).bits)
    expect(draw(1, 1)).toEqual(draw(1, 1))
    expect(draw(1, 1)).not.toEqual(draw(1, 2))
    expect(shuffled(randomFrom(7), [1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4])
  })
})

describe('the school year', () => {
  // Zone C as published by the ministry: start, first Saturdays of the four holidays, summer.
  test.each([
    [2023, '2023-09-04', ['2023-10-21', '2023-12-23', '2024-02-10', '2024-04-06'], '2024-07-06'],
    [2024, '2024-09-02', ['2024-10-19', '2024-12-21', '2025-02-15', '2025-04-12'], '2025-07-05'],
    [2025, '2025-09-01', ['2025-10-18', '2025-12-20', '2026-02-21', '2026-04-18'], '2026-07-04'],
    [2026, '2026-09-01', ['2026-10-17', '2026-12-19', '2027-02-06', '2027-04-03'], '2027-07-03'],
  ])('%i', (number, start, saturdays, end) => {
    const year = schoolYear(number)
    expect([year.start, year.end]).toEqual([start, end])
    for (const saturday of saturdays) {
      expect(year.closed.has(saturday)).toBe(true)
      const friday = new Date(Date.parse(saturday) - 86_400_000).toISOString().slice(0, 10)
      expect(year.closed.has(friday)).toBe(false)
    }
    expect(year.terms.map((term) => term.end).slice(0, -1)).toEqual(
      year.terms.slice(1).map((term) => term.start),
    )
  })

  test.each([
    ['2027-07-31', 2026],
    ['2026-08-01', 2026],
    ['2026-11-24', 2026],
    ['2027-01-04', 2026],
  ])('%s belongs to %i', (date, year) => expect(schoolYearOf(date)).toBe(year))

  test.each(['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28'])('Easter is on %s', (date) =>
    expect(easter(Number(date.slice(0, 4)))).toBe(date),
  )

  test('weeks A and B share out the weeks between them', () => {
    const year = schoolYear(2026)
    const [every, a, b] = [3, 1, 2].map((weeks) => lessonDays(year, [2], weeks).on)
    expect([...(a ?? []), ...(b ?? [])].sort()).toEqual(every)
    expect(Math.abs((a?.length ?? 0) - (b?.length ?? 0))).toBeLessThan(6)
    expect(every).toContain('2026-11-24')
    expect(every).not.toContain('2026-12-22')
  })
})

describe('a school', () => {
  test('nobody and no room is taken twice, over seeds and A/B weeks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
        for (const school of made(seed, 3)) expect(clashes(school)).toEqual([])
      }),
      { numRuns: 8, endOnFailure: true },
    )
  })

  test('the clash finder finds a clash', () => {
    const [school] = made(1, 1) as [MadeSchool]
    const [a, b] = school.lessons.filter((l) => l.weeks === 3) as [MadeLesson, MadeLesson]
    Object.assign(b, { days: a.days, start: a.start, end: a.end, teacher: a.teacher })
    expect(clashes(school)).not.toEqual([])
  })

  test('every hour of the programme finds its slot, over seeds', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (seed) => {
        const schools = made(seed, 3)
        expect(schools.map((school) => school.lessonsNotPlaced)).toEqual([0, 0, 0])
      }),
      { numRuns: 15 },
    )
  })

  test('lunch is kept and Wednesday afternoon is free', () => {
    for (const { lessons } of made(3, 3)) {
      const over = lessons.filter((l) => l.start < '13:30' && l.end > '12:05')
      expect(over).toEqual([])
      expect(lessons.filter((l) => l.days.includes(3) && l.end > '12:05')).toEqual([])
    }
  })

  test('there are half-groups, weeks A and B, teachers of several classes and a head', () => {
    const [college] = made(5, 1) as [MadeSchool]
    expect(new Set(college.lessons.map((l) => l.weeks))).toEqual(new Set([1, 2, 3]))
    expect(college.classes.some((c) => c.title === '3e B, groupe 2')).toBe(true)
    expect(college.classes.some((c) => c.subject === 'LA')).toBe(true)
    const homeroomsOf = (id: string) =>
      college.classes.filter((c) => c.homeroom && c.teachers.some((t) => t.sourcedId === id)).length
    const teachers = college.roles.filter((r) => r.role === 'teacher').map((r) => r.person.sourcedId)
    expect(teachers.filter((id) => homeroomsOf(id) > 1).length).toBeGreaterThan(teachers.length / 2)
    for (const role of ['principal', 'siteAdministrator']) {
      expect(college.roles.filter((r) => r.role === role)).toHaveLength(1)
    }
    expect(college.lessons.filter((l) => l.start === '08:00').length).toBeGreaterThan(40)
  })

  test('pupils have guardians, and some guardians children in both of two schools', () => {
    const [first, second] = made(11, 2) as [MadeSchool, MadeSchool]
    const people = new Map([...first.people, ...second.people].map((p) => [p.sourcedId, p]))
    const pupils = [first, second].map((s) => s.people.filter((p) => p.grade))
    for (const pupil of pupils.flat()) {
      expect(pupil.agents.length).toBeGreaterThan(0)
      for (const id of pupil.agents) expect(people.has(id)).toBe(true)
    }
    const of = pupils.map((list) => new Set(list.flatMap((p) => p.agents)))
    const both = [...(of[0] ?? [])].filter((id) => of[1]?.has(id))
    expect(both.length).toBeGreaterThan(10)
    for (const id of both) {
      expect(second.roles.some((r) => r.person.sourcedId === id && r.role === 'guardian')).toBe(true)
    }
  })

  test('classes by subject are added up to the wanted enrollments', () => {
    for (const school of made(2, 3)) {
      const target = pupilsIn(school.plan) * 12
      addSubjectClasses(school, target)
      expect(Math.abs(enrollmentsIn(school) - target)).toBeLessThan(60)
      expect(new Set(school.classes.map((c) => c.sourcedId)).size).toBe(school.classes.length)
    }
  })
})

describe('a region', () => {
  test('kinds and sizes are those of France, roughly', () => {
    const plans = plannedSchools(1, { schools: 1600 })
    const of = (kind: string) => plans.filter((plan) => plan.kind === kind)
    const mean = (kind: string) => of(kind).reduce((sum, plan) => sum + pupilsIn(plan), 0) / of(kind).length
    expect(of('école').length / of('lycée').length).toBeCloseTo(13, 5)
    expect(of('collège').length / of('lycée').length).toBeCloseTo(2, 5)
    for (const [kind, low, high] of [
      ['école', 115, 145],
      ['collège', 440, 520],
      ['lycée', 700, 900],
    ] as const) {
      expect(mean(kind)).toBeGreaterThan(low)
      expect(mean(kind)).toBeLessThan(high)
    }
    expect(new Set(plans.map((plan) => plan.uai)).size).toBe(1600)
  })

  test.each([1, 2, 3])('%i schools begin with a collège, an école and a lycée', (schools) => {
    const kinds = plannedSchools(1, { schools }).map((plan) => plan.kind)
    expect(kinds).toEqual(['collège', 'école', 'lycée'].slice(0, schools))
  })

  test('sized by users or pupils it comes near', () => {
    const schools = made(4, 0)
    expect(schools).toEqual([])
    const plans = plannedSchools(4, { users: 20_000 })
    const ledger = newLedger(10_000)
    const users = plans.reduce((sum, plan) => sum + fillSchool(4, ledger, plan).people.length, 0)
    expect(Math.abs(users - 20_000)).toBeLessThan(1200)
    const pupils = plannedSchools(4, { pupils: 5000 }).reduce((sum, plan) => sum + pupilsIn(plan), 0)
    expect(Math.abs(pupils - 5000)).toBeLessThan(500)
  })

  test('user names are unique, in plain letters', () => {
    const names = made(9, 16).flatMap((school) => school.people.map((p) => p.username))
    expect(names.length).toBeGreaterThan(5000)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z-]+\.[a-z-]+\d*$/)
  })

  test.each([
    ['Éloïse', 'eloise'],
    ['N’Guessan', 'nguessan'],
    ['Ben Salah', 'ben-salah'],
    ['Yılmaz', 'yilmaz'],
    ['Wiśniewski', 'wisniewski'],
    ['İbrahim', 'ibrahim'],
  ])('%s in a user name is %s', (name, text) => expect(plain(name)).toBe(text))

  test('the check letter of a school code is right', () => expect(uaiCode(75, 655)).toBe('0750655E'))

  test('every subject of every programme is known', () => {
    for (const grade of Object.keys(programmes)) {
      for (const code of subjectsOf(grade)) expect(subjects[code]?.title, code).toBeTruthy()
    }
  })
})
