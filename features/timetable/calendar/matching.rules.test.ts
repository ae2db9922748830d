// How class, teacher and room are found in what different programs write.
import { expect, test } from 'vitest'
import type { ClassId, PersonId } from '#platform/ids'
import { directoryOf, meaningOf } from './matching-rules.ts'

const known = (id: string, title: string, over = {}) => ({
  id: id as ClassId,
  sourcedId: `class-${id}`,
  code: null,
  title,
  courseSourcedId: null,
  ...over,
})
const teacher = (id: string, givenName: string, familyName: string) => ({
  id: id as PersonId,
  sourcedId: `t-${id}`,
  username: `${givenName}.${familyName}`.toLowerCase(),
  email: `${id}@ecole.example`,
  givenName,
  familyName,
})
const directory = directoryOf(
  [
    known('3A', '3e A'),
    known('3B', '3e B', { code: '3B' }),
    known('L', 'Latin', { courseSourcedId: 'lat-3' }),
    known('X', 'Chorale'),
    known('Y', 'chorale'),
  ],
  [teacher('d', 'Aminata', 'Diallo'), teacher('m1', 'Ana', 'Martin'), teacher('m2', 'Luc', 'Martin')],
)
const means = (props: Record<string, string>) => {
  const texts = (name: string) => (props[name] === undefined ? [] : [props[name]])
  return meaningOf({ texts }, directory)
}

test.each([
  ['our own property, by sourcedId', { 'x-preau-class': 'class-3B' }, ['3B']],
  ['by code', { 'x-preau-class': '3B' }, ['3B']],
  ['by title', { 'x-preau-class': '3e b' }, ['3B']],
  ['written out', { 'x-preau-class': '3ème B' }, ['3B']],
  ['two classes', { 'x-preau-class': '3e A, 3e B' }, ['3A', '3B']],
  ['in the description', { description: 'Matière : Français\nClasse : 3e B\nSalle : 12' }, ['3B']],
  ['in English', { description: 'Teacher: X\nGroup: Latin' }, ['L']],
  ['by its course', { 'x-preau-course': 'lat-3' }, ['L']],
  ['in the categories', { categories: '3e A' }, ['3A']],
  ['in the summary', { summary: 'FRANÇAIS - DIALLO A. - 3B' }, ['3B']],
  ['nowhere', { summary: 'Réunion' }, []],
  ['unknown', { 'x-preau-class': '4e C', categories: '3e A' }, []],
  ['two of that name', { 'x-preau-class': 'Chorale' }, []],
])('the class: %s', (_name, props, expected) => {
  expect(means(props).classIds).toEqual(expected)
})

test.each([
  ['by sourcedId', { 'x-preau-teacher': 't-d' }, 'd'],
  ['by user name', { 'x-preau-teacher': 'Aminata.Diallo' }, 'd'],
  ['with a title', { description: 'Enseignant : Mme DIALLO' }, 'd'],
  ['the other way round', { description: 'Professeur : Diallo Aminata' }, 'd'],
  ['with an initial', { description: 'Prof : MARTIN L.' }, 'm2'],
  ['two of that name', { description: 'Prof : Mme Martin' }, null],
  ['the first known one of two', { description: 'Enseignants : M. Nemo, Mme Diallo' }, 'd'],
  ['by mail', { organizer: 'mailto:d@ecole.example' }, 'd'],
  ['in the summary', { summary: 'Latin - Diallo - 3e B' }, 'd'],
])('the teacher: %s', (_name, props, expected) => {
  expect(means(props).teacherId).toBe(expected)
})

test('what is not found is told', () => {
  const told = (props: Record<string, string>) => means(props).problems.map((p) => `${p.code} ${p.value}`)
  expect(told({ 'x-preau-class': '4e C' })).toEqual(['class-unknown 4e C'])
  expect(told({ 'x-preau-class': 'chorale' })).toEqual(['class-ambiguous chorale'])
  expect(told({ summary: 'Réunion' })).toEqual(['class-missing Réunion'])
  expect(told({ 'x-preau-class': '3B', 'x-preau-teacher': 'nemo' })).toEqual(['teacher-unknown nemo'])
})

test('subject and room', () => {
  expect(means({ summary: 'Français', 'x-preau-class': '3B', location: 'Salle 12' })).toMatchObject({
    title: 'Français',
    room: 'Salle 12',
  })
  const written = means({
    summary: 'FRA - DIALLO - 3B',
    description: 'Matière : Français\nSalle : 12\nClasse : 3B',
  })
  expect(written).toMatchObject({ title: 'Français', subject: 'Français', room: '12' })
})
