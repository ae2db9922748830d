// A program of its own: reads a line of JSON (what was drawn) and after it a PDF or a photo from standard input, and writes
// the PDF with the corrections to standard output. Copies come from anywhere, so they are opened where a crash harms nothing.
import { buffer } from 'node:stream/consumers'
import * as lib from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { drawnOver, photoPage } from './corrected-pdf.ts'

const longestSide = 3_000
const input = await buffer(process.stdin)
const end = input.indexOf('\n')
const items = JSON.parse(input.subarray(0, end).toString())
const original = input.subarray(end + 1)
const pdf =
  process.argv[2] === 'pdf'
    ? await lib.PDFDocument.load(original)
    : await photoPage(
        lib,
        await sharp(original, { limitInputPixels: 64_000_000 })
          .autoOrient()
          .resize(longestSide, longestSide, { fit: 'inside', withoutEnlargement: true })
          .flatten({ background: '#fff' })
          .jpeg({ quality: 85 })
          .toBuffer(),
      )
process.stdout.end(await drawnOver(lib, pdf, items))
