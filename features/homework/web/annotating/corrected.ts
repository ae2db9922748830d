// A copy with its corrections as one PDF, made on this device: the original's pages with what was drawn laid over them.
// The original itself is never changed.
import { fileAddress } from '#feature/documents/web/kinds.ts'
import type { Attached } from '#feature/documents/web/uploads.svelte.ts'
import type { Item } from '../../annotating/contract.ts'
import { drawnOver, type Library, photoPage } from '../../annotating/corrected-pdf.ts'

async function bytesOf(address: string): Promise<ArrayBuffer> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`the original is not there: ${answer.status}`)
  return answer.arrayBuffer()
}

/** Any picture that the browser shows, as a JPEG no longer than three thousand pixels. */
async function asJpeg(address: string): Promise<Blob> {
  const image = new Image()
  image.src = address
  await image.decode()
  const scale = Math.min(1, 3_000 / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.naturalWidth * scale)
  canvas.height = Math.round(image.naturalHeight * scale)
  const context = canvas.getContext('2d', { alpha: false })
  if (context) context.fillStyle = '#fff'
  context?.fillRect(0, 0, canvas.width, canvas.height)
  context?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', 0.85),
  )
}

async function originalOf(lib: Library, file: Attached) {
  if (file.type === 'application/pdf') return lib.PDFDocument.load(await bytesOf(fileAddress(file)))
  return photoPage(lib, await (await asJpeg(fileAddress(file, file.view))).arrayBuffer())
}

/** The PDF. @throws when the original cannot be read */
export async function correctedPdf(file: Attached, items: readonly Item[]): Promise<Blob> {
  const lib = await import('@cantoo/pdf-lib')
  const bytes = await drawnOver(lib, await originalOf(lib, file), items)
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'application/pdf' })
}
