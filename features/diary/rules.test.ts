// The diary's rules, as tables.
import { expect, test } from 'vitest'
import {
  isAhead,
  mayWrite,
  mayWriteAsCover,
  obstacleToOverwriting,
  obstacleToWriting,
  sameContent,
  seesAhead,
} from './rules.ts'

test.each([
  ['the timetable names me', 'me', false, true],
  ['it names somebody else', 'other', true, false],
  ['it names nobody and I teach the class', null, true, true],
  ['it names nobody and I do not', null, false, false],
])('%s', (_case, teacherId, teachesClass, expected) => {
  expect(mayWrite({ teacherId }, 'me', teachesClass)).toBe(expected)
})

test.each([
  [true, 'Thalès', 0, 'diary.lesson-cancelled'],
  [false, '', 0, 'diary.empty'],
  [false, '', 1, null],
  [false, 'Thalès', 0, null],
])('cancelled %s, text "%s", %i attachments: %s', (cancelled, text, count, expected) => {
  const attachments = Array.from({ length: count }, () => crypto.randomUUID()) as never[]
  expect(obstacleToWriting({ cancelled }, text, { body: text, attachments })).toBe(expected)
})

test.each([
  ['the day before', 'me', '2026-11-23', true],
  ['two weeks later', 'me', '2026-12-08', true],
  ['and no longer', 'me', '2026-12-09', false],
  ['somebody else', 'other', '2026-11-24', false],
  ['nobody', null, '2026-11-24', false],
])('who covers a lesson writes: %s', (_case, coverTeacherId, today, expected) => {
  expect(mayWriteAsCover({ coverTeacherId, date: '2026-11-24' }, 'me', today)).toBe(expected)
})

test.each([
  [true, '2026-11-23', true],
  [true, '2026-11-24', false],
  [false, '2026-11-01', false],
])('written to be shown on its day %s, on %s', (shownOnDay, today, expected) => {
  expect(isAhead({ shownOnDay, date: '2026-11-24' }, today)).toBe(expected)
})

test.each([
  ['nothing stands, nothing was read', {}, null, true],
  ['nothing stands, something was read', { version: 1 }, null, false],
  ['something stands, nothing was read', {}, [1], false],
  ['what was read stands', { version: 2 }, [2], true],
  ['a newer one stands', { version: 1 }, [2], false],
  ['an older one stands', { version: 2 }, [1], false],
  ['one’s own save, never answered', { version: 1, unanswered: ['a', 'b'] }, [2, 'a'], true],
  ['somebody else’s after it', { version: 1, unanswered: ['a'] }, [3, 'x'], false],
  ['one without an attempt', { version: 1, unanswered: ['a'] }, [2], false],
  ['one’s first save, never answered, taken out since', { unanswered: ['a'] }, null, true],
] as const)('overwriting where %s', (_case, draft, stands, may) => {
  const standing = stands && { version: stands[0], attempt: stands[1] ?? null }
  expect(obstacleToOverwriting(draft as never, standing)).toBe(may ? null : 'diary.changed-meanwhile')
})

test.each([
  ['the same', {}, true],
  ['another text', { body: '<p>b</p>' }, false],
  ['another order of documents', { attachments: ['2', '1'] }, false],
  ['a document less', { attachments: ['1'] }, false],
  ['shown on the day', { shownOnDay: true }, false],
])('content: %s', (_case, over, same) => {
  const content = { body: '<p>a</p>', attachments: ['1', '2'], shownOnDay: false }
  expect(sameContent(content, { ...content, ...over })).toBe(same)
})

test.each([
  ['its author', 'me', { teacherId: 'x' }, true],
  ['its author, when the lesson is gone', 'me', null, true],
  ['the lesson’s teacher', 'x', { teacherId: 'me' }, true],
  ['who covers it', 'x', { teacherId: 'x', coverTeacherId: 'me' }, true],
  ['who teaches the class with nobody named', 'x', { teacherId: null }, true],
  ['a colleague of the class', 'x', { teacherId: 'x' }, false],
  ['a colleague, when the lesson is gone', 'x', null, false],
] as const)('what is ahead, for %s', (_case, authorId, lesson, sees) => {
  const of = lesson && { coverTeacherId: null, date: '2026-11-27', ...lesson }
  const reader = { account: 'me', teachesClass: true }
  expect(seesAhead({ authorId }, of, reader, '2026-11-24')).toBe(sees)
  const stranger = { account: 'you', teachesClass: false }
  expect(seesAhead({ authorId }, of, stranger, '2026-11-24')).toBe(false)
})
