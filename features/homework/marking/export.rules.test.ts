// Names in the archive and cells of the table, whatever pupils call their files.
import { expect, test } from 'vitest'
import { archivePaths } from '#platform/text'
import { archiveEntries, downloadName, type ExportedCopy, marksTable } from './export-rules.ts'

const copy = (over: Partial<ExportedCopy> = {}, files: string[] = []): ExportedCopy => ({
  givenName: 'Léa',
  familyName: 'Diop',
  submission: {
    text: '',
    at: '24/11/2026 18:02',
    late: false,
    files: files.map((name, i) => ({ id: `f${i}` as never, name, type: 'x', bytes: 1 })),
  },
  work: { ticked: false, handedIn: true, givenBack: false },
  mark: '',
  feedback: '',
  levels: [],
  round: 1,
  ...over,
})
const paths = (copies: ExportedCopy[]) =>
  archiveEntries(copies, 'texte.txt', archivePaths()).map(({ path }) => path)

test.each([
  [
    ['page 1.jpg', 'Page 1.JPG', 'page 1.jpg'],
    ['page 1.jpg', 'Page 1 (2).JPG', 'page 1 (3).jpg'],
  ],
  [
    ['../../etc/passwd', 'a:b?.pdf'],
    ['.. .. etc passwd', 'a b .pdf'],
  ],
  [
    ['\u202efdp.exe', ''],
    ['fdp.exe', 'document'],
  ],
])('files called %j are saved as %j', (given, saved) => {
  expect(paths([copy({}, given)])).toEqual(saved.map((name) => `Diop Léa/${name}`))
})

test('namesakes have folders of their own, and who handed nothing in has none', () => {
  expect(paths([copy({}, ['a']), copy({}, ['a']), copy({ submission: null })])).toEqual([
    'Diop Léa/a',
    'Diop Léa (2)/a',
  ])
})

test('a copy that was corrected stands beside its original', () => {
  const one = copy({}, ['Page 1.JPG', 'Page 1 corrigé.pdf', 'photo'])
  for (const file of one.submission?.files ?? [])
    Object.assign(file, { drawn: file.name !== 'Page 1 corrigé.pdf' })
  expect(paths([one])).toEqual([
    'Diop Léa/Page 1.JPG',
    'Diop Léa/Page 1 corrigé (2).pdf',
    'Diop Léa/Page 1 corrigé.pdf',
    'Diop Léa/photo',
    'Diop Léa/photo corrigé.pdf',
  ])
})

test('a text is a file beside the others', () => {
  const one = copy({}, ['texte.txt'])
  if (one.submission) one.submission.text = 'Voici'
  expect(paths([one])).toEqual(['Diop Léa/texte.txt', 'Diop Léa/texte (2).txt'])
})

test('what stands in the place of a file has a name that no other file has', () => {
  const one = copy({}, ['a.pdf', 'A.PDF.txt', 'b.pdf'])
  for (const file of one.submission?.files ?? [])
    if (file.name === 'a.pdf') Object.assign(file, { scan: 'infected' })
  const given = archivePaths()
  const entries = archiveEntries([one], 'texte.txt', given).map(({ path, text }) => [
    path,
    text !== undefined,
  ])
  expect(entries).toEqual([
    ['Diop Léa/a.pdf (2).txt', true],
    ['Diop Léa/A.PDF.txt', false],
    ['Diop Léa/b.pdf', false],
  ])
  expect(given.note('Diop Léa/a.pdf'), 'told later, when it cannot be read').toBe('Diop Léa/a.pdf (3).txt')
})

test('the table is one that a French spreadsheet opens, and computes nothing', () => {
  const rows = marksTable(
    [copy({ mark: '15,5', feedback: '=1+1; "bien"' }), copy({ submission: null })],
    'fr',
  )
  expect(rows.split('\r\n')).toEqual([
    '\ufeffNom;Prénom;Remis;Remis le;En retard;Note;Appréciation;Rendu à l’élève;Remise n°;Barème',
    'Diop;Léa;oui;24/11/2026 18:02;non;15,5;"\'=1+1; ""bien""";non;1;',
    'Diop;Léa;non;;;;;non;1;',
    '',
  ])
  expect(marksTable([copy({ mark: '15.5' })], 'en').split('\r\n')[1]).toBe(
    'Diop,Léa,yes,24/11/2026 18:02,no,15.5,,no,1,',
  )
})

test('rubric, round and scale have their columns', () => {
  const one = copy({ round: 2, levels: [{ title: 'Atteint', points: 1.5 }, null] })
  const lines = marksTable([one], 'fr', { scale: '0–20', criteria: ['Clarté', '=Calcul'] }).split('\r\n')
  expect(lines[0]).toMatch(/;Remise n°;Barème;Clarté;Clarté \(points\);'=Calcul;'=Calcul \(points\)$/)
  expect(lines[1]).toMatch(/;2;0–20;Atteint;1,5;;$/)
})

test('a download is called after class and title', () => {
  expect(downloadName({ class: '3e B', title: 'Lire: 1/2' }, 'zip')).toBe('3e B, Lire 1 2.zip')
})
