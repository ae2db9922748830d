// Who reads the made-up school day: a pupil, a teacher, a parent of two, an administrator.
import type { Session } from '#feature/accounts/contract.ts'
import type { PersonalPart, SheetWork } from '#feature/today/contract.ts'
import { classes, id, school } from './fixture-day.ts'

export type Role = 'pupil' | 'teacher' | 'guardian' | 'administrator'

const names: Record<Role, [string, string]> = {
  pupil: ['Léa', 'Diop'],
  teacher: ['Awa', 'Diallo'],
  guardian: ['Moussa', 'Diop'],
  administrator: ['Claire', 'Martin'],
}
export const views = {
  pupil: [{ role: 's', sheet: '3b', groups: ['g1'] }],
  teacher: [{ role: 't', sheet: 'teacher' }],
  guardian: [
    { role: 'g', sheet: '3b', groups: ['g1'], child: id(1) },
    { role: 'g', sheet: '5a', groups: ['g2'], child: id(2) },
  ],
  administrator: [{ role: 'a', sheet: 'school' }],
}

export function personalPart(role: Role): PersonalPart {
  const [givenName, familyName] = names[role]
  const states: PersonalPart['work'] = [
    { homeworkId: id(903) as SheetWork['id'], state: 'handed-in', submittedAt: '2026-11-23T17:42:00.000Z' },
    { homeworkId: id(906) as SheetWork['id'], state: 'given-back', mark: '15,5/20' },
  ]
  const task = (
    n: number,
    c: number,
    title: string,
    dueAt: string,
    handIn: boolean,
    handedIn: number,
    toRead: number,
  ) => ({
    homeworkId: id(n) as SheetWork['id'],
    classId: classes[c]?.id ?? '',
    class: classes[c]?.title ?? '',
    title,
    dueAt,
    handIn,
    pupils: 28,
    handedIn,
    toRead,
    ready: 0,
  })
  return {
    person: { id: id(1) as PersonalPart['person']['id'], givenName, familyName },
    work: role === 'pupil' ? states : [],
    own: [],
    children:
      role === 'guardian'
        ? [
            {
              id: id(1) as PersonalPart['person']['id'],
              givenName: 'Léa',
              class: '3e B',
              school,
              sees: 'all',
              work: states,
              own: [],
            },
            {
              id: id(2) as PersonalPart['person']['id'],
              givenName: 'Ibrahima',
              class: '5e A',
              school,
              sees: 'all',
              work: [],
              own: [],
            },
          ]
        : [],
    teaching:
      role === 'teacher'
        ? [
            task(900, 0, 'Lettre d’un poilu, une page', '2026-11-24T17:00:00.000Z', true, 19, 17),
            task(910, 1, 'Lecture, chapitre 2', '2026-11-26T07:00:00.000Z', false, 0, 0),
            task(911, 2, 'Dictée 6, correction', '2026-11-27T07:00:00.000Z', true, 4, 4),
          ]
        : [],
    classes: role === 'teacher' ? classes : [],
    schools: role === 'administrator' ? [{ id: id(3), name: school, pupils: 642, notActivated: 38 }] : [],
  }
}

export function session(role: Role): Session {
  const [givenName, familyName] = names[role]
  const relation = {
    pupil: 'student',
    teacher: 'teacher',
    guardian: 'guardian',
    administrator: 'administrator',
  } as const
  return {
    account: id(1) as Session['account'],
    givenName,
    familyName,
    roles: [relation[role]],
    others: [{ account: id(2) as Session['account'], givenName: 'Ibrahima' }],
  }
}

/** One piece of homework, as its page asks for it: what all share, whose it is, and what a child did. */
export function homeworkAt(path: string, whose: string[] = []): object | null {
  const found = /^\/api\/homework\/([^/]+)(\/whose|\/mine)?$/.exec(path)
  if (!found) return null
  if (found[2] === '/whose') return { mine: false, children: whose }
  const homework = {
    id: found[1],
    classId: classes[2]?.id,
    class: '5e A',
    subject: 'Français',
    title: 'Récit de voyage',
    body: '',
    setOn: '2026-11-20',
    dueAt: '2026-11-27T07:00:00.000Z',
    handIn: true,
    attachments: [],
  }
  if (!found[2]) return homework
  const state = { homeworkId: found[1], state: 'to-do' }
  return { homework, state, submission: null, result: null, mayHandIn: false, rounds: [], marking: null }
}
