// The pages of a paper, whatever it is: a PDF drawn by pdf.js, page by page when they are seen, or a photo as one page.
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'
import { fileAddress } from '../kinds.ts'
import type { Attached } from '../uploads.svelte.ts'

export type Paper = {
  pages: number
  /** Height of a page by its width. */
  ratio(page: number): Promise<number>
  /** Draws a page so many pixels wide; a newer drawing on the same canvas ends an older one. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<void>
  close(): void
}

/** Why a copy cannot be shown. */
export class Unreadable extends Error {
  readonly why: 'broken' | 'locked' | 'offline'
  constructor(why: Unreadable['why']) {
    super(why)
    this.why = why
  }
}

// Above this a page costs more memory than a school's tablet has to give.
const mostPixels = 6_000_000

function sized(canvas: HTMLCanvasElement, width: number, ratio: number): CanvasRenderingContext2D {
  const wide = Math.round(Math.min(width, Math.sqrt(mostPixels / ratio)))
  canvas.width = wide
  canvas.height = Math.round(wide * ratio)
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Unreadable('broken')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  return context
}

/** Opens a copy. @throws {Unreadable} */
export function openPaper(file: Attached): Promise<Paper> {
  return file.type === 'application/pdf' ? openPdf(fileAddress(file)) : openPhoto(file)
}

async function openPhoto(file: Attached): Promise<Paper> {
  const image = new Image()
  image.src = fileAddress(file, file.view)
  await image.decode().catch(() => {
    throw new Unreadable(navigator.onLine ? 'broken' : 'offline')
  })
  const ratio = image.naturalHeight / image.naturalWidth
  return {
    pages: 1,
    ratio: async () => ratio,
    draw: async (_page, canvas, width) => {
      sized(canvas, Math.min(width, image.naturalWidth), ratio).drawImage(
        image,
        0,
        0,
        canvas.width,
        canvas.height,
      )
    },
    close: () => {
      image.src = ''
    },
  }
}

function whyOf(error: unknown): Unreadable['why'] {
  const name = (error as Error).name
  if (name === 'PasswordException') return 'locked'
  return name === 'ResponseException' || name === 'TypeError' || !navigator.onLine ? 'offline' : 'broken'
}

/** Opens a PDF by its address. @throws {Unreadable} */
export async function openPdf(url: string): Promise<Paper> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs').catch(() => {
    throw new Unreadable('offline')
  })
  pdfjs.GlobalWorkerOptions.workerSrc = workerUrl
  const task = pdfjs.getDocument({
    url,
    // Of a long PDF only what is looked at travels.
    disableAutoFetch: true,
    disableStream: true,
    rangeChunkSize: 128 * 1024,
    useWasm: false,
    wasmUrl: `${location.origin}/assets/pdf-${pdfjs.version}/`,
    enableXfa: false,
    // A picture of more than this is not drawn, rather than ending a tablet's browser.
    maxImageSize: 64_000_000,
    canvasMaxAreaInBytes: mostPixels * 4 * 2,
  })
  const document = await task.promise.catch((error) => {
    void task.destroy()
    throw new Unreadable(whyOf(error))
  })
  return pagesOf(document, () => void task.destroy())
}

function pagesOf(document: PDFDocumentProxy, close: () => void): Paper {
  const running = new WeakMap<HTMLCanvasElement, { cancel(): void; promise: Promise<unknown> }>()
  return {
    pages: document.numPages,
    ratio: async (number) => {
      const { width, height } = (await document.getPage(number)).getViewport({ scale: 1 })
      return height / width
    },
    draw: async (number, canvas, width) => {
      const page = await document.getPage(number)
      const before = running.get(canvas)
      before?.cancel()
      await before?.promise.catch(() => undefined)
      const natural = page.getViewport({ scale: 1 })
      sized(canvas, width, natural.height / natural.width)
      const viewport = page.getViewport({ scale: canvas.width / natural.width })
      const task = page.render({ canvas, viewport, background: '#fff' })
      running.set(canvas, task)
      await task.promise.catch((error) => {
        if ((error as Error).name !== 'RenderingCancelledException') throw error
      })
      page.cleanup()
    },
    close,
  }
}
