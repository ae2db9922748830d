// A school day as sheets hold it, for pictures and journeys of pages without a workspace.
import type { DaySheet, SheetLesson, SheetWork, WeekSheet } from '#feature/today/contract.ts'
import { addDays, mondayOf, weekday } from '#platform/calendar'

export const school = 'Collège Rosa-Parks'
export const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`

type Row = [
  start: string,
  end: string,
  subject: string,
  teacher: string,
  room: string,
  more?: Partial<SheetLesson>,
]
const group1 = { key: 'g1', title: 'groupe 1' }
const days: Row[][] = [
  [
    [
      '08:00',
      '08:55',
      'Mathématiques',
      'M. Benali',
      '204',
      {
        diary: {
          id: id(70),
          body: '<p>Fonctions affines : lire une <strong>droite</strong>, puis exercices 12 à 15.</p>',
          attachments: [
            { id: id(71), name: 'fonctions-affines.pdf', type: 'application/pdf', bytes: 182_000 },
          ],
        },
      },
    ],
    [
      '09:00',
      '09:55',
      'Français',
      'Mme Diallo',
      '112',
      {
        diary: {
          id: id(72),
          body: '<p>La lettre de guerre, séance 14.</p>',
          attachments: [{ id: id(73), name: 'lettre-de-poilu.mp4', type: 'video/mp4', bytes: 48_000_000 }],
        },
      },
    ],
    [
      '10:10',
      '11:05',
      'Anglais',
      'Mrs Campbell',
      '118',
      { status: 'moved', movedFrom: { date: '2026-11-24', start: '14:30' } },
    ],
    [
      '11:10',
      '12:05',
      'SVT',
      'Mme Roux',
      'Labo 2',
      { group: group1, status: 'cancelled', note: 'Professeure absente. Travail à faire en autonomie.' },
    ],
    ['13:30', '14:25', 'Histoire-géographie', 'M. Lefèvre', '210'],
    ['14:30', '15:25', 'EPS', 'M. Traoré', 'Gymnase'],
    [
      '15:40',
      '16:35',
      'Arts plastiques',
      'Mme Nguyen',
      'Atelier',
      { group: { key: 'g2', title: 'groupe 2' } },
    ],
  ],
  [
    ['08:00', '08:55', 'Physique-chimie', 'Mme Klein', 'Labo 1'],
    ['09:00', '09:55', 'Mathématiques', 'M. Benali', '204'],
    ['10:10', '11:05', 'Espagnol', 'M. Ortega', '115', { group: group1 }],
    ['11:10', '12:05', 'Français', 'Mme Diallo', '112'],
  ],
  [
    ['09:00', '09:55', 'Anglais', 'Mrs Campbell', '118'],
    ['10:10', '12:05', 'Technologie', 'M. Petit', 'Techno'],
    ['13:30', '14:25', 'SVT', 'Mme Roux', 'Labo 2'],
    ['14:30', '16:25', 'EPS', 'M. Traoré', 'Stade'],
  ],
  [
    ['08:00', '08:55', 'Français', 'Mme Diallo', '112'],
    ['09:00', '09:55', 'Histoire-géographie', 'M. Lefèvre', '210'],
    ['10:10', '11:05', 'Éducation musicale', 'Mme Blanc', 'Musique'],
    ['11:10', '12:05', 'Mathématiques', 'M. Benali', '204'],
    ['13:30', '14:25', 'Latin', 'Mme Diallo', '112', { group: group1 }],
  ],
]
const order = [3, 0, 1, 2, 3]

function lessonsOn(date: string): SheetLesson[] {
  const rows = days[order[weekday(date) - 1] ?? -1] ?? []
  return rows.map(([start, end, subject, teacher, room, more], i) => ({
    id: `${id(weekday(date) * 10 + i)}.${date}`,
    start,
    end,
    subject,
    teacher,
    room,
    status: 'on' as const,
    ...more,
  }))
}

const due = (
  n: number,
  subject: string,
  title: string,
  dueAt: string,
  handIn: boolean,
  documents = 0,
): SheetWork => ({
  id: id(n) as SheetWork['id'],
  subject,
  title,
  setOn: '2026-11-17',
  dueAt,
  handIn,
  documents,
})
const work = [
  due(900, 'Français', 'Lettre d’un poilu, une page', '2026-11-24T17:00:00.000Z', true, 1),
  due(901, 'SVT', 'Schéma de la cellule', '2026-11-25T07:00:00.000Z', false),
  due(902, 'Mathématiques', 'Exercices 12 à 15 page 84', '2026-11-26T08:00:00.000Z', false, 1),
  due(903, 'Histoire-géographie', 'Carte des alliances', '2026-11-26T08:00:00.000Z', true),
  due(904, 'Anglais', 'Learn the irregular verbs, list 3', '2026-11-30T08:00:00.000Z', false),
  due(
    905,
    'Technologie',
    'Lire le dossier « pont à haubans » et préparer trois questions',
    '2026-12-02T08:00:00.000Z',
    false,
    2,
  ),
  due(906, 'Latin', 'Version : Romulus et Rémus', '2026-12-04T08:00:00.000Z', true),
  due(907, 'EPS', 'Apporter le certificat', '2026-12-04T08:00:00.000Z', false),
]

export const classes = ['3e B', '3e D', '4e A', '6e C'].map((title, i) => ({
  id: id(500 + i),
  title,
  subject: 'Français',
}))

function taught(date: string): SheetLesson[] {
  const slots = [
    ['09:00', '09:55'],
    ['10:10', '11:05'],
    ['14:00', '14:55'],
  ]
  return weekday(date) > 5
    ? []
    : slots.map(([start = '', end = ''], i) => ({
        id: `${id(600 + i)}.${date}`,
        start,
        end,
        subject: 'Français',
        room: '112',
        class: { id: classes[i]?.id ?? '', title: classes[i]?.title ?? '' },
        status: 'on' as const,
      }))
}

function ofSchool(date: string): SheetLesson[] {
  return lessonsOn(date).flatMap((lesson) =>
    classes.map((c, i) => ({
      ...lesson,
      id: `${id(Number(lesson.id.slice(24, 36)) * 10 + i)}.${date}`,
      class: c,
    })),
  )
}

function lessonsOf(key: string, date: string): SheetLesson[] {
  return key === 'teacher' ? taught(date) : key === 'school' ? ofSchool(date) : lessonsOn(date)
}

export function daySheet(key: string, date: string): DaySheet {
  const lessons = lessonsOf(key, date)
  let next = addDays(date, 1)
  while (weekday(next) > 5) next = addDays(next, 1)
  return {
    kind: key === 'teacher' ? 'teacher' : key === 'school' ? 'school' : 'class',
    title: '3e B',
    school,
    zone: 'Europe/Paris',
    date,
    ...(lessons.length ? {} : { next }),
    lessons,
    work: key === 'school' ? [] : work,
  }
}

export function weekSheet(key: string, monday: string): WeekSheet {
  const list = [0, 1, 2, 3, 4].map((i) => addDays(mondayOf(monday), i))
  return {
    kind: 'class',
    title: '3e B',
    school,
    zone: 'Europe/Paris',
    monday,
    days: list.map((date) => ({
      date,
      lessons: lessonsOf(key, date),
      work: key === 'school' ? [] : work.filter((item) => item.dueAt.startsWith(date)),
    })),
  }
}
