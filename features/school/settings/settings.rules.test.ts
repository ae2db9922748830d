// Defaults hold until somebody chooses, and whatever is kept cannot break a page.
import { expect, test } from 'vitest'
import { settingsFrom, worthKeeping } from './settings-rules.ts'

const usual = { calendarFeeds: true, remoteHandIn: true, teachersSeeContacts: false }

test.each([
  ['nothing was chosen', undefined, usual],
  ['something else stands there', 'x', usual],
  ['one was chosen', { calendarFeeds: false }, { ...usual, calendarFeeds: false }],
  ['a value has another type', { remoteHandIn: 'no' }, usual],
  ['a setting of an older version', { gone: 1 }, usual],
  ['an inherited name', { toString: true }, usual],
])('%s', (_, kept, settings) => {
  expect(settingsFrom('general', kept)).toEqual(settings)
})

test('only what differs from the defaults is kept', () => {
  expect(worthKeeping('general', { ...usual, calendarFeeds: false })).toEqual({ calendarFeeds: false })
})
