// The diary's rules, as tables.
import { expect, test } from 'vitest'
import { isAhead, mayWrite, mayWriteAsCover, obstacleToWriting } from './rules.ts'

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
