// The diary's rules, as tables.
import { expect, test } from 'vitest'
import { mayWrite, obstacleToWriting } from './rules.ts'

test.each([
  ['the timetable names me', 'me', false, true],
  ['it names somebody else', 'other', true, false],
  ['it names nobody and I teach the class', null, true, true],
  ['it names nobody and I do not', null, false, false],
])('%s', (_case, teacherId, teachesClass, expected) => {
  expect(mayWrite({ teacherId, cancelled: false }, 'me', teachesClass)).toBe(expected)
})

test.each([
  [true, 'Thalès', 0, 'diary.lesson-cancelled'],
  [false, '', 0, 'diary.empty'],
  [false, '', 1, null],
  [false, 'Thalès', 0, null],
])('cancelled %s, text "%s", %i attachments: %s', (cancelled, text, count, expected) => {
  const attachments = Array.from({ length: count }, () => crypto.randomUUID()) as never[]
  expect(obstacleToWriting({ teacherId: 'me', cancelled }, text, { body: text, attachments })).toBe(expected)
})
