// The pointer on one page while it draws, erases, selects or moves; the page shows `draft` until it is done.
import { moved } from '../../annotating/annotating-rules.ts'
import type { Item, Note, Stamp, Stroke } from '../../annotating/contract.ts'
import { simplified, touches } from '../../annotating/stroke-rules.ts'
import type { Marks } from './marks.svelte.ts'
import type { Tools } from './tools.svelte.ts'

export type Pen = ReturnType<typeof openPen>

type At = { x: number; y: number }

/** An id for something new that is drawn. */
export function newItemId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (b) => (b % 36).toString(36)).join('')
}

/** `place`: where a point of the screen is on the page, in its units. `reach`: how near is on it, in page units. */
export function openPen(of: {
  page: number
  marks: Marks
  tools: Tools
  place: (event: { clientX: number; clientY: number }) => At
  reach: () => number
  write: (note: Note) => void
}) {
  const { page, marks, tools } = of
  let draft = $state.raw<Item | null>(null)
  let dragging: { id: string; from: At } | null = null
  let erased = $state.raw<ReadonlySet<string>>(new Set())
  let pointer: number | null = null

  const onPage = () => marks.items.filter((item) => item.page === page)
  const found = ({ x, y }: At) => onPage().findLast((item) => touches(item, x, y, of.reach()))
  const common = () => ({ id: newItemId(), page, colour: tools.colour })

  function begin(at: At, event: PointerEvent): void {
    const { tool } = tools
    if (tool === 'pen' || tool === 'highlighter') {
      const points = [Math.round(at.x), Math.round(at.y)]
      const feels = event.pointerType === 'pen' && tool === 'pen' && event.pressure > 0
      const pressures = feels ? { pressures: [Math.round(event.pressure * 100)] } : {}
      draft = { ...common(), kind: tool, width: tools.width(tool), points, ...pressures }
    } else if (tool === 'select') {
      const item = found(at)
      tools.selected = item?.id ?? null
      if (item) dragging = { id: item.id, from: at }
    } else if (tool === 'eraser') erase(at)
  }
  function extend(stroke: Stroke, at: At, event: PointerEvent): Stroke {
    const points = [...stroke.points, Math.round(at.x), Math.round(at.y)]
    if (!stroke.pressures) return { ...stroke, points }
    return { ...stroke, points, pressures: [...stroke.pressures, Math.round(event.pressure * 100)] }
  }
  function erase(at: At): void {
    const item = onPage().findLast((one) => !erased.has(one.id) && touches(one, at.x, at.y, of.reach()))
    if (item) erased = new Set([...erased, item.id])
  }
  function put(kind: 'text' | Stamp['kind'], at: At): void {
    const x = Math.round(at.x)
    const y = Math.round(at.y)
    const size = tools.width(kind)
    if (kind !== 'text') {
      const stamp: Stamp = { ...common(), kind, x, y, size }
      marks.change([{ id: stamp.id, after: stamp }])
    } else of.write({ ...common(), kind, x, y: Math.round(y - size / 2), size, text: '' })
  }
  function finish(at: At): void {
    const { tool } = tools
    if (draft && 'points' in draft && (tool === 'pen' || tool === 'highlighter')) {
      const stroke = simplified(draft)
      marks.change([{ id: stroke.id, after: stroke }])
    } else if (draft && dragging) marks.change([{ id: draft.id, after: draft }])
    else if (tool === 'eraser' && erased.size)
      marks.change([...erased].map((id) => ({ id, after: undefined })))
    else if (tool === 'text') {
      const item = found(at)
      if (item?.kind === 'text') of.write(item)
      else put('text', at)
    } else if (tool === 'tick' || tool === 'cross') put(tool, at)
  }
  function reset(): void {
    draft = null
    dragging = null
    erased = new Set()
    pointer = null
  }

  return {
    /** What is being drawn or moved, in place of what has its id. */
    get draft() {
      return draft
    },
    /** What the eraser has passed over and will take away. */
    get erased() {
      return erased
    },
    down(event: PointerEvent): void {
      if (pointer !== null || event.button !== 0 || tools.tool === 'hand') return
      pointer = event.pointerId
      ;(event.currentTarget as Element).setPointerCapture(event.pointerId)
      begin(of.place(event), event)
    },
    move(event: PointerEvent): void {
      if (event.pointerId !== pointer) return
      if (draft && 'points' in draft && !dragging) {
        const all = event.getCoalescedEvents?.() ?? []
        for (const one of all.length ? all : [event]) draft = extend(draft as Stroke, of.place(one), one)
        // A contract takes so many points in one stroke: it goes on as another one.
        if (draft.points.length >= 7_000) {
          const rest = draft.points.slice(-2)
          const { pressures } = draft
          finish(of.place(event))
          draft = {
            ...draft,
            id: newItemId(),
            points: rest,
            ...(pressures && { pressures: pressures.slice(-1) }),
          }
        }
      } else if (dragging) {
        const at = of.place(event)
        const item = marks.items.find(({ id }) => id === dragging?.id)
        if (item) draft = moved(item, at.x - dragging.from.x, at.y - dragging.from.y)
      } else if (tools.tool === 'eraser') {
        erase(of.place(event))
      }
    },
    up(event: PointerEvent): void {
      if (event.pointerId !== pointer) return
      finish(of.place(event))
      reset()
    },
    /** Forgets what was begun. */
    cancel: reset,
    /** Puts what the tool draws at a place, without a pointer. */
    put,
  }
}
