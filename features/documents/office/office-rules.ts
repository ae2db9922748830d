// Which files are office documents, of which a PDF is made to be looked at.

const endings: Readonly<Record<string, string>> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
}

/**
 * The ending by which LibreOffice knows an office document; null for any other file. Word, Excel and PowerPoint before
 * 2007 are one format by their bytes (`application/x-cfb`), so that their name decides between them.
 */
export function officeEnding(type: string, name: string): string | null {
  if (type !== 'application/x-cfb') return endings[type] ?? null
  return /\.(doc|xls|ppt)$/i.exec(name)?.[1]?.toLowerCase() ?? null
}
