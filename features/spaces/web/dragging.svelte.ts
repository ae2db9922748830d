// What is being dragged from a folder, and over which place it is. The picker and the keyboard do the same without a mouse.
import type { Node } from '../contract.ts'

/** Tells what comes from this page from what comes from the desktop. */
const kind = 'application/x-preau-nodes'
let ids = $state.raw<ReadonlySet<string>>(new Set())
let over = $state<string | null>(null)

export const dragging = {
  get ids() {
    return ids
  },
  /** The place that would take it now. */
  get over() {
    return over
  },
}

/** Begins to drag nodes. */
export function lift(event: DragEvent, nodes: readonly Node[]): void {
  if (!event.dataTransfer) return
  event.dataTransfer.setData(kind, '')
  event.dataTransfer.effectAllowed = 'move'
  ids = new Set(nodes.map(({ id }) => id))
}

/** Ends it, wherever it was let go. */
export function letGo(): void {
  ids = new Set()
  over = null
}

/**
 * Handlers of an element that stands for a place: what is dropped on it goes there. A folder does not take itself; files
 * of the desktop it takes with `bring`.
 */
export function landing(
  place: string,
  drop: (ids: string[], to: string) => void,
  bring?: (data: DataTransfer, to: string) => void,
) {
  const fromDesktop = (event: DragEvent) => bring && event.dataTransfer?.types.includes('Files')
  const takes = (event: DragEvent) =>
    fromDesktop(event) || (event.dataTransfer?.types.includes(kind) && ids.size > 0 && !ids.has(place))
  return {
    ondragover(event: DragEvent) {
      if (!takes(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = fromDesktop(event) ? 'copy' : 'move'
      over = place
    },
    ondragleave(event: DragEvent) {
      const inside = (event.currentTarget as Element).contains(event.relatedTarget as globalThis.Node | null)
      if (over === place && !inside) over = null
    },
    ondrop(event: DragEvent) {
      if (!takes(event)) return
      event.preventDefault()
      const dropped = [...ids]
      letGo()
      if (event.dataTransfer && fromDesktop(event)) bring?.(event.dataTransfer, place)
      else drop(dropped, place)
    },
  }
}
