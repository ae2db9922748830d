// Table of the subjects' colours: synonyms share one, neighbours on a timetable differ.
import { expect, test } from 'vitest'
import { subjectHue, subjectName } from './subjects.ts'

const same: [string, string][] = [
  ['Mathématiques', 'MATHS'],
  ['Français', 'FRANCAIS'],
  ['SVT', 'Sciences de la vie et de la Terre'],
  ['Histoire-géographie', 'HIST.-GEO.'],
  ['EPS', 'Éducation physique et sportive'],
  ['Physique-chimie', 'PHYSIQUE CHIMIE'],
  ['Anglais', 'ANGLAIS LV1'],
  ['Éducation musicale', 'Musique'],
  ['Technologie', 'TECHNO'],
]
test.each(same)('%s has the colour of %s', (a, b) => {
  expect(subjectHue(a)).toBe(subjectHue(b))
})

test('the usual subjects of a collège have colours of their own', () => {
  const usual = [
    'Mathématiques',
    'Français',
    'Anglais',
    'SVT',
    'Histoire-géographie',
    'Physique-chimie',
    'EPS',
  ]
  const more = ['Arts plastiques', 'Éducation musicale', 'Technologie', 'Espagnol', 'Allemand', 'Latin']
  const hues = [...usual, ...more].map(subjectHue)
  expect(new Set(hues).size).toBe(hues.length)
})

test('an unknown subject has a stable colour', () => {
  expect(subjectHue('Hippologie')).toBe(subjectHue('HIPPOLOGIE'))
})

test('names in capitals are written as people write them, acronyms stay', () => {
  expect(subjectName('MATHEMATIQUES')).toBe('Mathematiques')
  expect(subjectName('SVT')).toBe('SVT')
  expect(subjectName('Éducation musicale')).toBe('Éducation musicale')
})
