// Draws corrections over a PDF's pages: in the browser for whoever reads one copy, on the server for a class's archive.
import type { PDFDocument, PDFPage } from '@cantoo/pdf-lib'
import type { Item } from './contract.ts'
import {
  highlighterOpacity,
  inks,
  lineHeight,
  linesOf,
  pathOf,
  runsOf,
  stampPath,
  stampWidth,
} from './stroke-rules.ts'

export type Library = typeof import('@cantoo/pdf-lib')

/** A photo as a document of one page, as wide as A4. The library reads JPEG. */
export async function photoPage(lib: Library, jpeg: Uint8Array | ArrayBuffer): Promise<PDFDocument> {
  const made = await lib.PDFDocument.create()
  const picture = await made.embedJpg(jpeg)
  const wide = 595
  const page = made.addPage([wide, (wide * picture.height) / picture.width])
  page.drawImage(picture, { x: 0, y: 0, width: page.getWidth(), height: page.getHeight() })
  return made
}

/** Makes the page's own space that in which it is shown: upright, from its upper left corner, one unit a point. */
function shownSpace(lib: Library, page: PDFPage): { width: number; height: number } {
  const { x, y, width, height } = page.getCropBox()
  const turn = ((page.getRotation().angle % 360) + 360) % 360
  const matrix: Record<number, [number, number, number, number, number, number]> = {
    0: [1, 0, 0, 1, x, y],
    90: [0, 1, -1, 0, x + width, y],
    180: [-1, 0, 0, -1, x + width, y + height],
    270: [0, -1, 1, 0, x, y + height],
  }
  page.pushOperators(
    lib.pushGraphicsState(),
    lib.concatTransformationMatrix(...(matrix[turn] ?? matrix[0] ?? [1, 0, 0, 1, 0, 0])),
  )
  return turn % 180 === 0 ? { width, height } : { width: height, height: width }
}

/** Letters that the PDF's own font does not have, as question marks, rather than no PDF at all. */
function encodable(text: string, can: (text: string) => boolean): string {
  return can(text) ? text : Array.from(text, (letter) => (can(letter) ? letter : '?')).join('')
}

/** The document with what was drawn laid over its pages. */
export async function drawnOver(lib: Library, pdf: PDFDocument, items: readonly Item[]): Promise<Uint8Array> {
  const font = await pdf.embedFont(lib.StandardFonts.HelveticaBold)
  const can = (text: string) => {
    try {
      font.encodeText(text)
      return true
    } catch {
      return false
    }
  }
  const colourOf = (item: Item) => {
    const [r = 0, g = 0, b = 0] = (inks[item.colour].match(/[0-9a-f]{2}/g) ?? []).map((hex) =>
      Number.parseInt(hex, 16),
    )
    return lib.rgb(r / 255, g / 255, b / 255)
  }
  for (const [number, own] of Map.groupBy(items, (item) => item.page)) {
    if (number > pdf.getPageCount()) continue
    const page = pdf.getPage(number - 1)
    const { width, height } = shownSpace(lib, page)
    const scale = width / 10_000
    const line = (d: string, item: Item, wide: number, opacity = 1) =>
      page.drawSvgPath(d, {
        x: 0,
        y: height,
        scale,
        borderColor: colourOf(item),
        // The library scales widths with the path.
        borderWidth: wide,
        borderLineCap: lib.LineCapStyle.Round,
        borderOpacity: opacity,
        ...(opacity < 1 ? { blendMode: lib.BlendMode.Multiply } : {}),
      })
    for (const item of own) {
      if ('points' in item) {
        const opacity = item.kind === 'highlighter' ? highlighterOpacity : 1
        for (const run of runsOf(item)) line(pathOf(run.points), item, run.width, opacity)
      } else if (item.kind === 'text') {
        for (const [i, words] of linesOf(item).entries())
          page.drawText(encodable(words, can), {
            x: item.x * scale,
            y: height - (item.y + item.size * (0.95 + i * lineHeight)) * scale,
            size: item.size * scale,
            font,
            color: colourOf(item),
          })
      } else line(stampPath(item), item, stampWidth(item.size))
    }
    page.pushOperators(lib.popGraphicsState())
  }
  return pdf.save()
}
