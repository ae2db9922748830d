// Delays, budgets, codes, passwords, and who may let whom start anew.
import { expect, test } from 'vitest'
import { faultOf } from './passwords/password-rules.ts'
import {
  codeFrom,
  delaySeconds,
  delayTable,
  deviceLimit,
  mayStartAnew,
  printedCode,
  readCode,
  secondsToWait,
  takeToken,
} from './rules.ts'

test.each([
  [0, 0],
  [1, 0],
  [4, 0],
  [5, 2],
  [6, 4],
  [7, 8],
  [13, 512],
  [14, 900],
  [1000, 900],
])('after %i failures one waits %i s', (failures, seconds) => {
  expect(delaySeconds(failures)).toBe(seconds)
  expect(delayTable[Math.min(failures, delayTable.length - 1)]).toBe(seconds)
})

test.each([
  [4, 0, 0],
  [5, 0, 2],
  [5, 1_001, 1],
  [5, 2_000, 0],
  [20, 60_000, 840],
])('with %i failures, %i ms after the last one, %i s are left', (failures, later, seconds) => {
  expect(secondsToWait({ failures, lastAt: 1_000 }, 1_000 + later)).toBe(seconds)
})

test('a browser has twenty wrong tries, then one each half minute', () => {
  let bucket = takeToken(undefined, deviceLimit, 0)
  for (let i = 1; i < 20; i++) bucket = takeToken(bucket, deviceLimit, 0)
  expect(bucket.wait).toBe(0)
  bucket = takeToken(bucket, deviceLimit, 0)
  expect(bucket.wait).toBe(30)
  bucket = takeToken(bucket, deviceLimit, 20_000)
  expect(bucket.wait).toBe(10)
  expect(takeToken(bucket, deviceLimit, 30_001).wait).toBe(0)
})

test('a code is eighty bits, each of its letters from five of them', () => {
  expect(codeFrom(new Uint8Array(10))).toBe('0000000000000000')
  expect(codeFrom(new Uint8Array(10).fill(255))).toBe('ZZZZZZZZZZZZZZZZ')
  expect(codeFrom(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 33))).toBe('0000000000000011')
  expect(printedCode('0123456789ABCDEF')).toBe('0123-4567-89AB-CDEF')
})

test.each([
  ['0123-4567-89AB-CDEF', '0123456789ABCDEF'],
  ['0123456789abcdef', '0123456789ABCDEF'],
  [' o123 4567 89ab cdef ', '0123456789ABCDEF'],
  ['OIL3–4567—89AB.CDEF', '0113456789ABCDEF'],
  ['0123-4567-89AB-CDE', null],
  ['0123-4567-89AB-CDEFF', null],
  ['0123-4567-89AB-CDEU', null],
  ['0123-4567-89AB-CDEé', null],
])('a code typed as "%s" is read as %s', (typed, code) => {
  expect(readCode(typed)).toBe(code)
})

const names = ['Élodie', 'Diop-Martin', 'elodie.diop']

test.each([
  ['court', 'password.too-short'],
  ['éééé😀ab', 'password.too-short'],
  ['azerty123', 'password.too-common'],
  ['AZERTY123!', 'password.too-common'],
  ['Soleil2012', 'password.too-common'],
  ['doudou!!', 'password.too-common'],
  ['motdepasse', 'password.too-common'],
  ['12345678', 'password.too-common'],
  ['87654321', 'password.too-common'],
  ['aaaaaaaa', 'password.too-common'],
  ['abcabcabc', 'password.too-common'],
  ['jetaime2011', 'password.too-common'],
  ['elodie2012', 'password.is-the-name'],
  ['Élodie.Diop', 'password.is-the-name'],
  ['diopmartin', 'password.is-the-name'],
  ['Diop-Martin Élodie 12', 'password.is-the-name'],
  ['le chat de mamie', null],
  ['soleil sur la mer', null],
  ['7pommes vertes', null],
  ['xkqv72ab', null],
  ['elodie mange des figues', null],
])('the password "%s": %s', (password, fault) => {
  expect(faultOf(password, names)).toBe(fault)
})

const pupil = { works: false, worksUnderAsker: false, runsElsewhere: false }
const colleague = { works: true, worksUnderAsker: true, runsElsewhere: false }
const teacherElsewhere = { works: true, worksUnderAsker: false, runsElsewhere: false }
const headElsewhere = { works: true, worksUnderAsker: true, runsElsewhere: true }

test.each([
  ['teacher', pupil, true],
  ['guardian', pupil, true],
  ['administrator', pupil, true],
  ['teacher', colleague, false],
  ['guardian', colleague, false],
  ['administrator', colleague, true],
  ['administrator', teacherElsewhere, false],
  ['administrator', headElsewhere, false],
] as const)('a %s lets %o start anew: %s', (care, weight, allowed) => {
  expect(mayStartAnew(care, weight)).toBe(allowed)
})
