// Which files LibreOffice is given, and as what: by their bytes first, by their name only between old formats.
import { expect, test } from 'vitest'
import { officeEnding } from './office-rules.ts'

const ooxml = 'application/vnd.openxmlformats-officedocument'
const odf = 'application/vnd.oasis.opendocument'
test.each([
  [`${ooxml}.wordprocessingml.document`, 'sans nom', 'docx'],
  [`${ooxml}.spreadsheetml.sheet`, 'notes.docx', 'xlsx'],
  [`${ooxml}.presentationml.presentation`, 'exposé.pptx', 'pptx'],
  [`${odf}.text`, 'a.odt', 'odt'],
  [`${odf}.spreadsheet`, 'a.ods', 'ods'],
  [`${odf}.presentation`, 'a.odp', 'odp'],
  ['application/x-cfb', 'Cours.DOC', 'doc'],
  ['application/x-cfb', 'notes.xls', 'xls'],
  ['application/x-cfb', 'exposé.ppt', 'ppt'],
  ['application/x-cfb', 'installation.msi', null],
  ['application/pdf', 'cours.docx', null],
  ['text/plain', 'cours.doc', null],
])('%s called %s is for LibreOffice: %s', (type, name, ending) => {
  expect(officeEnding(type, name)).toBe(ending)
})
