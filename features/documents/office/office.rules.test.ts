// Which files LibreOffice is given, and as what: by their bytes; by their name only where old ones hide their streams.
import { expect, test } from 'vitest'
import { folderAt, officeEnding, oldOfficeEnding } from './office-rules.ts'

const ooxml = 'application/vnd.openxmlformats-officedocument'
const odf = 'application/vnd.oasis.opendocument'
test.each([
  [`${ooxml}.wordprocessingml.document`, 'docx'],
  [`${ooxml}.spreadsheetml.sheet`, 'xlsx'],
  [`${ooxml}.presentationml.presentation`, 'pptx'],
  [`${odf}.text`, 'odt'],
  [`${odf}.spreadsheet`, 'ods'],
  [`${odf}.presentation`, 'odp'],
  ['application/x-cfb', null],
  ['application/pdf', null],
  ['text/plain', null],
])('%s is for LibreOffice: %s', (type, ending) => {
  expect(officeEnding(type)).toBe(ending)
})

test.each([
  ['WordDocument', 'sans nom', 'doc'],
  ['Workbook', 'rapport.doc', 'xls'],
  ['PowerPoint Document', 'a.xls', 'ppt'],
  ['Root Entry', 'Cours.DOC', 'doc'],
  ['Root Entry', 'installation.msi', null],
])('an old document with the stream %s called %s is %s', (stream, name, ending) => {
  expect(oldOfficeEnding(Buffer.from(`\0${stream}\0`, 'utf16le'), name)).toBe(ending)
})

test.each([
  [9, 3, { start: 2048, bytes: 4096 }],
  [12, 0, { start: 4096, bytes: 4096 }],
  [40, 0, null],
])('sectors of 2^%d bytes, the folder in sector %d', (shift, sector, at) => {
  const head = Buffer.alloc(512)
  head.writeUInt16LE(shift, 30)
  head.writeUInt32LE(sector, 48)
  expect(folderAt(head)).toEqual(at)
  expect(folderAt(head.subarray(0, 100))).toBeNull()
})
