// A one-page PDF made by hand, so that the demo has a document to open. (PDF 1.4, one built-in font.)

const escape = (text: string) => text.replace(/[\\()]/g, '\\$&')

/** A page with a title and some lines; characters of Latin-1 only. */
export function onePagePdf(title: string, lines: readonly string[]): Buffer {
  const show = (text: string, size: number, y: number) =>
    `BT /F1 ${size} Tf 60 ${y} Td (${escape(text)}) Tj ET`
  const page = [show(title, 22, 760), ...lines.map((line, i) => show(line, 13, 715 - i * 24))].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}
