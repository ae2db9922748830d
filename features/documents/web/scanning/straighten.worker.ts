// The arithmetic on pixels, beside the page: finds a sheet in a small picture, or straightens and cleans a large one.
import { cleaned, type Look } from '../../scanning/cleaning-rules.ts'
import { findSheet } from '../../scanning/edges-rules.ts'
import { type Pixels, type Quad, straightened } from '../../scanning/geometry-rules.ts'

export type Work =
  | { id: number; kind: 'find'; pixels: Pixels }
  | {
      id: number
      kind: 'straighten'
      pixels: Pixels
      /** In pixels. */
      quad: Quad
      size: { width: number; height: number }
      look: Look
    }

const reply = (answer: unknown, moved: Transferable[] = []) =>
  (self as unknown as Worker).postMessage(answer, moved)

addEventListener('message', ({ data }: MessageEvent<Work>) => {
  try {
    if (data.kind === 'find') return reply({ id: data.id, quad: findSheet(data.pixels) })
    const page = cleaned(straightened(data.pixels, data.quad, data.size), data.look)
    reply({ id: data.id, pixels: page }, [page.data.buffer])
  } catch (error) {
    reply({ id: data.id, problem: String(error) })
  }
})
