// Tables for what may be done with homework, and until when.
import { expect, test } from 'vitest'
import {
  cleanMark,
  isLate,
  obstacleToChanging,
  obstacleToContent,
  obstacleToHandingIn,
  obstacleToSetting,
  obstacleToTicking,
  stateOf,
} from './rules.ts'

const due = 1000
const homework = { dueAt: due, handIn: true, withdrawn: false }

test.each([
  ['Lire', due, 999, undefined, null],
  ['Lire', due, 1000, undefined, 'homework.due-in-past'],
  ['Lire', due, 2000, undefined, 'homework.due-in-past'],
  ['Lire', Number.NaN, 0, undefined, 'homework.due-in-past'],
  ['', due, 0, undefined, 'homework.title-missing'],
  ['Lire', due, 2000, { dueAt: due }, null],
  ['Lire', due + 1, 2000, { dueAt: due }, 'homework.due-in-past'],
])('setting %j due at %d, now %d, before %j: %s', (title, dueAt, now, before, obstacle) => {
  expect(obstacleToSetting({ title, dueAt }, now, before)).toBe(obstacle)
})

test.each([
  [homework, false, 0, null],
  [homework, false, 1, 'homework.already-handed-in'],
  [homework, true, 1, null],
  [{ ...homework, handIn: false }, true, 0, null],
  [{ ...homework, withdrawn: true }, true, 0, 'homework.withdrawn'],
])('changing %j to hand-in %s after %d submissions: %s', (before, handIn, submissions, obstacle) => {
  expect(obstacleToChanging(before, { handIn }, submissions)).toBe(obstacle)
})

const nothing = { handedIn: false, givenBack: false }
const handed = { handedIn: true, givenBack: false }

test.each([
  ['before the due date', homework, nothing, 500, null],
  ['at the due instant, again', homework, handed, 1000, null],
  ['late, for the first time', homework, nothing, 1001, null],
  ['late, again', homework, handed, 1001, 'submission.closed'],
  ['after it was given back', homework, { handedIn: true, givenBack: true }, 500, 'submission.closed'],
  ['given back without a copy', homework, { handedIn: false, givenBack: true }, 500, 'submission.closed'],
  ['without hand-in', { ...homework, handIn: false }, nothing, 500, 'homework.no-hand-in'],
  ['withdrawn', { ...homework, withdrawn: true }, nothing, 500, 'homework.withdrawn'],
])('handing in %s', (_when, h, work, now, obstacle) => {
  expect(obstacleToHandingIn(h, work, now)).toBe(obstacle)
})

test('only work without hand-in is ticked off', () => {
  expect(obstacleToTicking(homework)).toBe('homework.hand-in-asked')
  expect(obstacleToTicking({ ...homework, handIn: false })).toBeNull()
  expect(obstacleToTicking({ ...homework, handIn: false, withdrawn: true })).toBe('homework.withdrawn')
})

test('a hand-in holds something', () => {
  expect(obstacleToContent(' \n', 0)).toBe('submission.empty')
  expect(obstacleToContent('', 1)).toBeNull()
  expect(obstacleToContent('x', 0)).toBeNull()
})

test('the due instant itself is in time', () => {
  expect([999, 1000, 1001].map((at) => isLate(due, at))).toEqual([false, false, true])
})

test.each([
  [false, { ticked: false, handedIn: false, givenBack: false }, 'to-do'],
  [false, { ticked: true, handedIn: false, givenBack: false }, 'done'],
  [true, { ticked: true, handedIn: false, givenBack: false }, 'to-do'],
  [true, { ticked: false, handedIn: true, givenBack: false }, 'handed-in'],
  [true, { ticked: false, handedIn: true, givenBack: true }, 'given-back'],
  [false, { ticked: true, handedIn: false, givenBack: true }, 'given-back'],
])('hand-in %s, %j: %s', (handIn, work, state) => {
  expect(stateOf(handIn, work)).toBe(state)
})

test.each([
  ['15,5', '15,5'],
  [' 14 / 20 ', '14 / 20'],
  ['', null],
  ['  ', null],
  [null, null],
])('the mark %j is kept as %j', (mark, kept) => {
  expect(cleanMark(mark)).toBe(kept)
})
