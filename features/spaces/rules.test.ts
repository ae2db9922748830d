// Names, places and rights, as tables.
import { expect, test } from 'vitest'
import type { NodeId } from '#platform/ids'
import * as rules from './rules.ts'

test.each([
  ['  Plan de   classe.pdf ', 'Plan de classe.pdf'],
  ['e\u0301te\u0301.txt', 'été.txt'],
  ['a/b\\c', 'a-b-c'],
  ['..', ''],
  ['.', ''],
  ['.gitignore', '.gitignore'],
  ['\u202egpj.exe', 'gpj.exe'],
])('the name %j is kept as %j', (given, kept) => {
  expect(rules.nodeName(given)).toBe(kept)
})

test('a long name keeps its ending', () => {
  const name = rules.nodeName(`${'é'.repeat(400)}.docx`)
  expect(Array.from(name)).toHaveLength(200)
  expect(name.endsWith('é.docx')).toBe(true)
  expect(Array.from(rules.nodeName('x'.repeat(400)))).toHaveLength(200)
})

test.each([
  ['Plan.PDF', 'plan.pdf', true],
  ['É', 'é', true],
  ['ete', 'été', false],
])('%s and %s are one name: %s', (a, b, same) => {
  expect(rules.nameKey(a) === rules.nameKey(b)).toBe(same)
})

test('a search forgets case, accents and the kind of apostrophe', () => {
  expect(rules.nameFold('L’ÉTÉ, Cœur')).toBe("l'ete, coeur")
})

test.each([
  ['a.txt', [], 'a.txt'],
  ['a.txt', ['a.txt'], 'a (2).txt'],
  ['A.txt', ['a.txt', 'a (2).txt'], 'A (3).txt'],
  ['a', ['a'], 'a (2)'],
  ['.env', ['.env'], '.env (2)'],
  ['v1.2 finale', ['v1.2 finale'], 'v1.2 finale (2)'],
])('%s beside %j becomes %s', (name, taken, found) => {
  expect(rules.nameBeside(name, new Set(taken))).toBe(found)
})

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}` as NodeId

test('a place is a space’s key or a folder’s id', () => {
  expect(rules.readPlace(`class.${id(1)}`)).toEqual({ kind: 'class', id: id(1) })
  expect(rules.readPlace(id(2))).toEqual({ folder: id(2) })
  for (const text of ['', 'own.', `school.${id(1)}`, `own.${id(1)}.x`])
    expect(rules.readPlace(text)).toBeNull()
})

// right, around, mine → may change, may take away, may write
test.each([
  ['the owner, a teacher', 4, 4, false, [true, true, true]],
  ['a shared folder, to write, itself', 3, 0, false, [false, false, true]],
  ['something in it', 3, 3, false, [true, false, true]],
  ['something of one’s own in it', 3, 3, true, [true, true, true]],
  ['a pupil, their own in an open folder', 2, 2, true, [true, true, true]],
  ['a pupil, somebody else’s there', 2, 2, false, [false, false, false]],
  ['a pupil, what was theirs once the folder is shut', 1, 1, true, [false, false, false]],
  ['a reader', 1, 1, false, [false, false, false]],
] as const)('%s', (_who, right, around, mine, may) => {
  const rights = { right, around, mine }
  expect([rules.mayChange(rights), rules.mayTakeAway(rights), rules.mayWrite(rights)]).toEqual(may)
})

test('what comes into a place: not into itself, not too deep, no folder into a drop box, not too many', () => {
  const top = { id: null, path: [], isDropBox: false, size: 0 }
  const folder = { id: id(1), isFolder: true, height: 2 }
  const file = { id: id(2), isFolder: false, height: 0 }
  expect(rules.obstacleToComing(top, [folder, file])).toBeNull()
  expect(rules.obstacleToComing({ ...top, id: id(3), path: [id(1)] }, [folder])).toBe('space.into-itself')
  expect(rules.obstacleToComing({ ...top, id: id(1) }, [folder])).toBe('space.into-itself')
  const deep = { ...top, id: id(9), path: Array.from({ length: rules.deepest - 1 }, (_, n) => id(10 + n)) }
  expect(rules.obstacleToComing(deep, [file])).toBeNull()
  expect(rules.obstacleToComing(deep, [folder])).toBe('space.too-deep')
  expect(rules.obstacleToComing({ ...top, isDropBox: true }, [folder])).toBe('space.files-only')
  expect(rules.obstacleToComing({ ...top, size: rules.mostInFolder }, [file])).toBe('space.folder-full')
})
