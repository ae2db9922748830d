// Fingers on the pages: one moves them where it does not draw, two move and zoom; a wheel with Ctrl zooms.

export type Gestures = {
  scroller: HTMLElement
  /** Whether this pointer moves the page instead of drawing. */
  pans(event: PointerEvent): boolean
  /** Zooms by a factor around a point of the screen. */
  zoomBy(factor: number, x: number, y: number): void
  /** Two fingers are down: what one of them had begun to draw was not meant. */
  stopDrawing(): void
}

type Point = { x: number; y: number }

/** Follows pointers until the returned function is called. */
export function followGestures({ scroller, pans, zoomBy, stopDrawing }: Gestures): () => void {
  const fingers = new Map<number, Point>()
  let moving: number | null = null
  let speed: Point = { x: 0, y: 0 }
  let gliding = 0
  const middle = (): Point & { apart: number } => {
    const [a, b] = [...fingers.values()] as [Point, Point]
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) }
  }

  function down(event: PointerEvent): void {
    cancelAnimationFrame(gliding)
    if (event.pointerType === 'touch') fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (fingers.size >= 2 && event.pointerType === 'touch') {
      stopDrawing()
      moving = null
      // What it would draw is not meant either.
      event.stopPropagation()
    } else if (fingers.size < 2 && pans(event)) {
      moving = event.pointerId
      speed = { x: 0, y: 0 }
      if (event.pointerType !== 'touch') fingers.set(event.pointerId, { x: event.clientX, y: event.clientY })
    }
  }
  function move(event: PointerEvent): void {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const at = { x: event.clientX, y: event.clientY }
    if (fingers.size === 2) {
      const was = middle()
      fingers.set(event.pointerId, at)
      const is = middle()
      scroller.scrollBy(was.x - is.x, was.y - is.y)
      if (was.apart > 20 && is.apart > 20) zoomBy(is.apart / was.apart, is.x, is.y)
      return
    }
    fingers.set(event.pointerId, at)
    if (moving !== event.pointerId) return
    speed = { x: before.x - at.x, y: before.y - at.y }
    scroller.scrollBy(speed.x, speed.y)
  }
  function up(event: PointerEvent): void {
    fingers.delete(event.pointerId)
    if (moving !== event.pointerId) return
    moving = null
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (!calm && event.pointerType === 'touch') glide()
  }
  function glide(): void {
    speed = { x: speed.x * 0.94, y: speed.y * 0.94 }
    if (Math.hypot(speed.x, speed.y) < 0.5) return
    scroller.scrollBy(speed.x, speed.y)
    gliding = requestAnimationFrame(glide)
  }
  function wheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    zoomBy(Math.exp(-event.deltaY / 300), event.clientX, event.clientY)
  }

  const stop = new AbortController()
  const { signal } = stop
  scroller.addEventListener('pointerdown', down, { signal, capture: true })
  addEventListener('pointermove', move, { signal })
  addEventListener('pointerup', up, { signal })
  addEventListener('pointercancel', up, { signal })
  scroller.addEventListener('wheel', wheel, { signal, passive: false })
  return () => {
    cancelAnimationFrame(gliding)
    stop.abort()
  }
}
