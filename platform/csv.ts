// Tables for spreadsheets: one way to write a cell, so that no name or remark is ever computed by one. Pure.

/**
 * A table as RFC 4180 has it, with a byte order mark so that spreadsheets read its accents, and the separator that a
 * spreadsheet of the language expects (docs/decisions/027). A cell that a spreadsheet would compute gets an apostrophe
 * before it (OWASP, CSV injection).
 */
export function csvTable(rows: readonly (readonly string[])[], language: 'fr' | 'en'): string {
  const separator = language === 'fr' ? ';' : ','
  const cell = (text: string): string => {
    const plain = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
    return /["\r\n]/.test(plain) || plain.includes(separator) ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(separator)).join('\r\n')}\r\n`
}
