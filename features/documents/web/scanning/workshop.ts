// From a photo to a page: decoded and scaled down first, so that twelve megapixels do not end an old phone's browser;
// one photo at a time; the arithmetic runs in a worker.
import type { Look } from '../../scanning/cleaning-rules.ts'
import { aroundAll, lookAt } from '../../scanning/edges-rules.ts'
import { type Pixels, type Quad, sheetSize } from '../../scanning/geometry-rules.ts'
import type { Work } from './straighten.worker.ts'

/** Longer side of what is kept of a photo, and of a page: 150 dots an inch on A4. */
const photoSide = 2_400
const pageSide = 1_754
/** Target of one page, in bytes. */
const pageBytes = 300_000

export type Made = { blob: Blob; width: number; height: number }
type Answer = { id: number; quad?: Quad | null; pixels?: Pixels; problem?: string }
type Task = Work extends infer One ? (One extends Work ? Omit<One, 'id'> : never) : never

let worker: Worker | null = null
let last = 0
const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()

function askWorker(task: Task, moved: Transferable[]): Promise<Answer> {
  if (!worker) {
    worker = new Worker(new URL('./straighten.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const asked = waiting.get(data.id)
      waiting.delete(data.id)
      if (data.problem) asked?.reject(new Error(data.problem))
      else asked?.resolve(data)
    }
    worker.onerror = (event) => {
      for (const { reject } of waiting.values()) reject(new Error(event.message))
      waiting.clear()
      worker?.terminate()
      worker = null
    }
  }
  last += 1
  const id = last
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject })
    worker?.postMessage({ ...task, id }, moved)
  })
}

// One after the other: two large photos at once are what an old phone cannot hold.
let line: Promise<unknown> = Promise.resolve()
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = line.then(work, work)
  line = next.catch(() => undefined)
  return next
}

async function drawn(photo: Blob, longest: number): Promise<HTMLCanvasElement> {
  const url = URL.createObjectURL(photo)
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
    canvas.getContext('2d', { alpha: false })?.drawImage(image, 0, 0, canvas.width, canvas.height)
    image.src = ''
    return canvas
  } finally {
    URL.revokeObjectURL(url)
  }
}

function pixelsOf(canvas: HTMLCanvasElement): Pixels {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no canvas')
  const { width, height, data } = context.getImageData(0, 0, canvas.width, canvas.height)
  return { width, height, data }
}

/** Gives a canvas's memory back at once: Safari keeps it otherwise. */
function empty(canvas: HTMLCanvasElement): void {
  canvas.width = 0
  canvas.height = 0
}

function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality),
  )
}

/** What is kept of a photo, upright and scaled down, with the sheet that is seen in it. @throws when it is no picture */
export function takeIn(photo: Blob): Promise<{ photo: Blob; quad: Quad }> {
  return inTurn(async () => {
    const canvas = await drawn(photo, photoSide)
    const kept = await jpegOf(canvas, 0.88)
    empty(canvas)
    return { photo: kept, quad: (await lookFor(kept)) ?? aroundAll }
  })
}

async function lookFor(photo: Blob): Promise<Quad | null> {
  const small = await drawn(photo, lookAt)
  const pixels = pixelsOf(small)
  empty(small)
  return (await askWorker({ kind: 'find', pixels }, [pixels.data.buffer])).quad ?? null
}

/** The sheet in a photo, in parts of its width and height; null when none is seen. */
export const findIn = (photo: Blob): Promise<Quad | null> => inTurn(() => lookFor(photo))

function onCanvas({ width, height, data }: Pixels, turn: number): HTMLCanvasElement {
  const flat = document.createElement('canvas')
  flat.width = width
  flat.height = height
  flat
    .getContext('2d')
    ?.putImageData(new ImageData(data as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0)
  if (turn === 0) return flat
  const turned = document.createElement('canvas')
  turned.width = turn % 180 ? height : width
  turned.height = turn % 180 ? width : height
  const context = turned.getContext('2d', { alpha: false })
  context?.translate(turned.width / 2, turned.height / 2)
  context?.rotate((turn * Math.PI) / 180)
  context?.drawImage(flat, -width / 2, -height / 2)
  empty(flat)
  return turned
}

/** A page: the sheet within `quad` (parts of the photo), straightened, cleaned, turned, as a JPEG of some 300 kB at most. */
export function makePage(photo: Blob, of: { quad: Quad; turn: number; look: Look }): Promise<Made> {
  return inTurn(async () => {
    const canvas = await drawn(photo, photoSide)
    const pixels = pixelsOf(canvas)
    empty(canvas)
    const quad = of.quad.map(({ x, y }) => ({ x: x * pixels.width, y: y * pixels.height })) as unknown as Quad
    const size = sheetSize(quad, pageSide)
    const answer = await askWorker({ kind: 'straighten', pixels, quad, size, look: of.look }, [
      pixels.data.buffer,
    ])
    const page = onCanvas(answer.pixels as Pixels, of.turn)
    const { width, height } = page
    let blob = await jpegOf(page, 0.8)
    for (const quality of [0.68, 0.56, 0.44, 0.34]) {
      if (blob.size <= pageBytes) break
      blob = await jpegOf(page, quality)
    }
    empty(page)
    return { blob, width, height }
  })
}
