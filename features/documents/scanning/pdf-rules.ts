// A PDF of photographed pages, each a JPEG on an A4 sheet, written on the device (ISO 32000-1): a page of such a PDF is
// five lines of text around the JPEG's own bytes, and a library for it would weigh more than the pages.

export type JpegPage = { jpeg: Uint8Array; width: number; height: number }

/** A4 in points. */
const short = 595.28
const long = 841.89

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

/** Where a picture stands on its sheet: as large as it can, in the middle; the sheet lies when the picture does. */
export function placed(picture: { width: number; height: number }) {
  const lies = picture.width > picture.height
  const sheet = lies ? { width: long, height: short } : { width: short, height: long }
  const scale = Math.min(sheet.width / picture.width, sheet.height / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  return { sheet, width, height, x: (sheet.width - width) / 2, y: (sheet.height - height) / 2 }
}

/** The PDF's bytes. */
export function pdfOf(pages: readonly JpegPage[]): Uint8Array {
  const parts: Uint8Array[] = []
  const places: number[] = []
  let length = 0
  const add = (...pieces: (string | Uint8Array)[]) => {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? ascii(piece) : piece
      parts.push(bytes)
      length += bytes.length
    }
  }
  const object = (...pieces: (string | Uint8Array)[]) => {
    places.push(length)
    add(`${places.length} 0 obj\n`, ...pieces, '\nendobj\n')
  }
  // The second line tells tools that bytes above 127 follow (§7.5.2).
  add('%PDF-1.5\n', Uint8Array.of(37, 226, 227, 207, 211, 10))
  const first = 3
  object('<</Type/Catalog/Pages 2 0 R>>')
  const kids = pages.map((_, i) => `${first + i * 3} 0 R`).join(' ')
  object(`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`)
  for (const [i, { jpeg, width, height }] of pages.entries()) {
    const on = placed({ width, height })
    const number = first + i * 3
    const box = `${on.sheet.width} ${on.sheet.height}`
    object(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${box}]/Contents ${number + 1} 0 R/Resources<</XObject<</P ${number + 2} 0 R>>>>>>`,
    )
    const drawing = `q ${[on.width, 0, 0, on.height, on.x, on.y].map((n) => n.toFixed(2)).join(' ')} cm /P Do Q`
    object(`<</Length ${drawing.length}>>stream\n${drawing}\nendstream`)
    object(
      `<</Type/XObject/Subtype/Image/Width ${width}/Height ${height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length ${jpeg.length}>>stream\n`,
      jpeg,
      '\nendstream',
    )
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const at = length
  const size = places.length + 1
  add(`xref\n0 ${size}\n0000000000 65535 f \n${table}`)
  add(`trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`)
  const all = new Uint8Array(length)
  let to = 0
  for (const part of parts) {
    all.set(part, to)
    to += part.length
  }
  return all
}
