// For whom, when and how long: the tables.
import { describe, expect, test } from 'vitest'
import { wordsOf } from './earlier-rules.ts'
import { eveningLimit, isFull, levelOf, lighterDays } from './evening-rules.ts'
import {
  namedAfter,
  obstacleToExtending,
  obstacleToNaming,
  obstacleToOverwriting,
  obstacleToPublishing,
  publicationOf,
  sameContent,
} from './setting-rules.ts'

const now = Date.parse('2026-11-24T06:50:00Z')
const hour = 3_600_000

describe('when homework is seen', () => {
  test.each([
    [undefined, null],
    ['2026-11-24T06:49:00Z', null],
    ['2026-11-24T06:50:00Z', null],
    ['2026-11-24T06:51:00Z', now + 60_000],
  ])('asked for at %s: %s', (at, expected) => expect(publicationOf(at, now)).toBe(expected))

  test.each([
    ['at once', null, undefined, null],
    ['before it is due', now + hour, undefined, null],
    ['when it is due', now + 2 * hour, undefined, 'homework.published-after-due'],
    ['later than due', now + 3 * hour, undefined, 'homework.published-after-due'],
    ['later than it was to be', now + hour, { publishAt: now + 60_000 }, null],
    ['later though the class sees it', now + hour, { publishAt: null }, 'homework.published-already'],
    ['at once though the class sees it', null, { publishAt: null }, null],
  ] as const)('%s', (_, publishAt, before, expected) =>
    expect(obstacleToPublishing(publishAt, now + 2 * hour, before)).toBe(expected),
  )
})

describe('for whom', () => {
  const attending = new Set(['lea', 'theo'])
  test.each([
    ['everybody', undefined, [], null],
    ['nobody', [], [], 'homework.nobody'],
    ['a pupil', ['lea'], [], null],
    ['a pupil of another class', ['lea', 'nour'], [], 'homework.pupil-unknown'],
    ['one who was named and has left', ['lea', 'nour'], ['nour'], null],
  ] as const)('%s', (_, wanted, before, expected) =>
    expect(obstacleToNaming(wanted as string[] | undefined, attending, new Set(before))).toBe(expected),
  )

  test('who handed in keeps it, and who left finds it again', () => {
    const before = new Set(['theo', 'gone'])
    expect(namedAfter(['lea'], { attending, before, working: ['theo'] }).sort()).toEqual([
      'gone',
      'lea',
      'theo',
    ])
    expect(namedAfter(['lea'], { attending, before: new Set(['theo']), working: [] })).toEqual(['lea'])
  })

  test.each([
    [undefined, 'homework.changed-meanwhile'],
    [2, 'homework.changed-meanwhile'],
    [3, null],
    [4, 'homework.changed-meanwhile'],
  ])('who has read %s changes version 3: %s', (read, expected) =>
    expect(obstacleToOverwriting(read, { version: 3 })).toBe(expected),
  )

  test.each([
    ['nothing', {}, true],
    ['the title', { title: 'Relire' }, false],
    ['the date', { dueAt: now + hour }, false],
    ['the time it takes', { minutes: 15 }, false],
    ['when it is published', { publishAt: now }, false],
    ['the order of its documents', { attachments: ['2', '1'] }, false],
    ['the order of its pupils', { pupils: new Set(['b', 'a']) }, true],
    ['a pupil less', { pupils: new Set(['a']) }, false],
  ])('a change of %s', (_, over, same) => {
    const text = { title: 'Lire', body: '', dueAt: now, handIn: true, minutes: null, publishAt: null }
    const content = { ...text, forSome: true, attachments: ['1', '2'], pupils: new Set(['a', 'b']) }
    expect(sameContent(content, { ...content, ...over })).toBe(same)
  })
})

test.each([
  ['later', { dueAt: now + hour, withdrawn: false }, now + 2 * hour, null],
  ['after the class’s date has passed', { dueAt: now - hour, withdrawn: false }, now + hour, null],
  ['passed', { dueAt: now - hour, withdrawn: false }, now - 1, 'homework.due-in-past'],
  ['as the class’s', { dueAt: now + hour, withdrawn: false }, now + hour, 'extension.not-later'],
  ['taken back', { dueAt: now + hour, withdrawn: false }, null, null],
  ['withdrawn', { dueAt: now + hour, withdrawn: true }, null, 'homework.withdrawn'],
] as const)('more time: %s', (_, homework, dueAt, expected) =>
  expect(obstacleToExtending(homework, dueAt, now)).toBe(expected),
)

describe('how full an evening is', () => {
  test.each([
    ['CM2 A', 'primary'],
    ['CE1-CE2', 'primary'],
    ['6e A', 'lower'],
    ['3e B, groupe 1', 'lower'],
    ['Latin 4e', 'lower'],
    ['2de 4', 'upper'],
    ['2nde 4', 'upper'],
    ['1re STMG', 'upper'],
    ['Tle 2', 'upper'],
    ['Terminale S', 'upper'],
    ['T3', 'upper'],
    ['Techno', 'lower'],
  ])('%s is %s', (title, level) => expect(levelOf(title)).toBe(level))

  test('more for the older', () => {
    expect([eveningLimit('primary'), eveningLimit('lower'), eveningLimit('upper')]).toEqual([30, 75, 110])
  })

  test.each([
    [{ date: '2026-11-26', most: 60 }, 15, false],
    [{ date: '2026-11-26', most: 60 }, 20, true],
    [{ date: '2026-11-26', most: 0 }, 120, false],
    [undefined, 120, false],
  ])('%o and %i min more', (day, more, full) => expect(isFull(day, more, 75)).toBe(full))

  test('lighter days: with a lesson first, near, never today, on a weekend or the day itself', () => {
    const days = [
      { date: '2026-11-24', most: 0 },
      { date: '2026-11-25', most: 70 },
      { date: '2026-11-26', most: 90 },
      { date: '2026-11-27', most: 0 },
      { date: '2026-11-28', most: 0 },
      { date: '2026-11-29', most: 0 },
      { date: '2026-11-30', most: 20 },
      { date: '2026-12-01', most: 0 },
      { date: '2026-12-04', most: 0 },
    ]
    const of = { today: '2026-11-24', chosen: '2026-11-26', more: 20, limit: 75, lessons: ['2026-12-04'] }
    expect(lighterDays(days, of)).toEqual(['2026-11-27', '2026-11-30', '2026-12-04'])
  })
})

test('words are looked for without case and accents', () => {
  expect(wordsOf('  Étude de Pythagore ')).toEqual(['etude', 'de', 'pythagore'])
})
