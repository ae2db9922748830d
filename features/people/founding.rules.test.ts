// UAI codes and user names.
import { expect, test } from 'vitest'
import { isUsername, readUai, usernameFor } from './founding-rules.ts'

test.each([
  ['0750655E', '0750655E'],
  [' 075 0655 e', '0750655E'],
  ['0750655F', null],
  ['0750654E', null],
  ['750655E', null],
  ['', null],
])('the UAI "%s" is %s', (text, uai) => {
  expect(readUai(text)).toBe(uai)
})

test.each([
  ['Claire', 'Roy', 'claire.roy'],
  ['Jean-Noël', "d'Ôrnano", 'jean-noel.d-ornano'],
  ['Lætitia', 'Cœur', 'laetitia.coeur'],
  ['Maë  Lou', 'Le Goff', 'mae-lou.le-goff'],
])('%s %s gets the user name %s', (given, family, username) => {
  expect(usernameFor(given, family)).toBe(username)
  expect(isUsername(username)).toBe(true)
})

test('a user name has no blanks and is not too short', () => {
  expect(['ab', 'a b c', '', '<x>y'].map(isUsername)).toEqual([false, false, false, false])
})
